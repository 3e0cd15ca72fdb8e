/** `occhio train`: trains a network on a folder per class, draws its curve and saves it. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { Command, Option } from 'commander';
import { refuseTaken } from '../report/staged-folder.ts';
import { augmentations } from '../training/augment.ts';
import { backendNames } from '../training/backends.ts';
import type { BackendChoice } from '../training/backends.ts';
import { openDataset } from '../training/dataset/open-dataset.ts';
import { recipes } from '../training/fit/recipes.ts';
import type { AskedSettings } from '../training/fit/run-settings.ts';
import { BadInput } from '../bad-input.ts';
import { Interrupted, interruptible } from './interruption.ts';
import { positiveNumber, wholeNumber } from './options.ts';
import { occhioLine } from './shell-line.ts';
import { trainOn } from './train-on.ts';

type TrainOptions = AskedSettings & {
  readonly split?: string;
  readonly splitColumn: string;
  readonly out?: string;
  readonly json?: string;
  readonly resume?: true;
  readonly backend: BackendChoice;
  readonly threads: number;
};

export function trainCommand(): Command {
  return new Command('train')
    .description('Trains a network on pictures, one folder per class, and saves it with its curve.')
    .argument('<dir|zip>', 'pictures in <class>/ or {train,validation,test}/<class>/')
    .addOption(new Option('--model <name>', 'which network').choices(Object.keys(recipes)).default('mobile'))
    .option('--epochs <n>', 'how often to go on and validate (talk 5, mobile 20)', wholeNumber(1, 10_000))
    .option('--steps <n>', 'batches an epoch (default: once through the pictures)', wholeNumber(1, 1_000_000))
    .option('--batch <n>', 'pictures a step (default: 32)', wholeNumber(1, 256))
    .option('--lr <rate>', 'peak of the learning rate (0.001), which rises at first and falls to 0', positiveNumber)
    .option('--seed <n>', 'makes a run repeatable', wholeNumber(0, 2 ** 31), 1)
    .addOption(new Option('--augment <recipe>', 'random views of the pictures').choices(Object.keys(augmentations)))
    .option(
      '--split <csv>',
      'which picture is for what: a file here or in the dataset, with the columns file and split',
    )
    .option('--split-column <name>', 'the column to read in place of split', 'split')
    .option('--out <dir>', 'where to save (default: <model>-<dataset> here)')
    .option('--json <file>', 'write settings and history there too')
    .option('--resume', 'go on with this run, stopped earlier, from <out>.checkpoint')
    .addOption(new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('auto'))
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(async (path: string, options: TrainOptions) => {
      const out = options.out ?? `${options.model}-${basename(path).replace(/\.zip$/i, '')}`;
      const checkpoint = `${out}.checkpoint`;
      try {
        await interruptible((signal) => train(path, { ...options, out, checkpoint }, signal));
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        process.stderr.write(`\nStopped; ${existsSync(checkpoint) ? goOnText(checkpoint) : 'nothing was saved.'}\n`);
        process.exitCode = error.exitCode;
      }
    });
}

async function train(
  path: string,
  options: TrainOptions & { readonly out: string; readonly checkpoint: string },
  signal: AbortSignal,
): Promise<void> {
  const { out, checkpoint, resume = false } = options;
  refuseTaken(out);
  if (resume && !existsSync(checkpoint))
    throw new BadInput(
      `There is no ${checkpoint} to go on from; leave out --resume to begin, or name the run with --out.`,
    );
  if (!resume && existsSync(checkpoint))
    throw new BadInput(`An unfinished run is in ${checkpoint}. Go on with --resume, or remove the file to begin anew.`);
  await mkdir(dirname(out), { recursive: true }).catch((cause: unknown) => {
    throw new BadInput(`${out} cannot be written: ${String(cause)}`);
  });
  const dataset = await openDataset(path, { file: options.split, column: options.splitColumn });
  try {
    await trainOn(dataset, { ...options, resume, signal });
  } finally {
    dataset.source.close();
  }
}

/** How to go on: the command that was given, once more. */
function goOnText(checkpoint: string): string {
  const args = process.argv.slice(2).filter((arg) => arg !== '--resume');
  return `the run is saved in ${checkpoint}. Go on with:\n  ${occhioLine([...args, '--resume'])}`;
}
