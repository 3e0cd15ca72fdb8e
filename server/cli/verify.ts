/** `occhio verify`: is the data folder whole? */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { defaultDataDir } from '../config.ts';
import { openDatabase } from '../store/database.ts';
import { verifyData } from '../store/verify-data.ts';
import { BadInput } from '../bad-input.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Checks the data folder: the database, pictures, labels and models. Exits 1 when anything is wrong.')
    .addOption(new Option('--data <folder>', 'the data folder of the hub').env('OCCHIO_DATA').default(defaultDataDir))
    .action(async ({ data }: { readonly data: string }) => {
      const dir = resolve(data);
      const path = join(dir, 'hub.sqlite');
      if (!existsSync(path)) throw new BadInput(`Expected the data folder of a hub, but ${dir} has no hub.sqlite.`);
      await verify(dir, path);
    });
}

async function verify(dir: string, path: string): Promise<void> {
  const database = openDatabase(path);
  try {
    const { problems, notes, samples, events, models } = await verifyData(dir, database);
    for (const line of [...notes, ...problems]) process.stdout.write(`${line}\n`);
    process.stdout.write(
      `${String(samples)} samples, ${String(events)} label events, ${String(models)} models: ${problems.length === 0 ? 'all is well' : `${String(problems.length)} problems`}.\n`,
    );
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    database.close();
  }
}
