/** `occhio verify`: is the data folder whole? */
import { Command } from 'commander';
import { verifyData } from '../store/verify-data.ts';
import type { HubData } from './hub-data.ts';
import { dataOption, withHubDataToRead } from './hub-data.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Checks the data folder: the database, pictures, labels and models. Exits 1 when anything is wrong.')
    .addOption(dataOption())
    .action(({ data }: { readonly data: string }) => withHubDataToRead(data, verify));
}

async function verify({ dir, database }: HubData): Promise<void> {
  const { problems, notes, samples, events, models } = await verifyData(dir, database);
  for (const line of [...notes, ...problems]) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `${String(samples)} samples, ${String(events)} label events, ${String(models)} models: ${problems.length === 0 ? 'all is well' : `${String(problems.length)} problems`}.\n`,
  );
  if (problems.length > 0) process.exitCode = 1;
}
