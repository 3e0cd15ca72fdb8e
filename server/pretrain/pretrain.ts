/** `npm run pretrain`: makes the base model that Occhio ships. Wiring only. */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { shippedDir } from '../models/shipped-base.ts';
import { publishBase } from './publish.ts';
import type { PublishOptions } from './publish.ts';
import { usualMinutes } from './schedule.ts';
import { trainBase } from './train-base.ts';
import type { PretrainOptions } from './train-base.ts';

const data = ['--data <dir>', 'folder with the pretrain-*.zip packs', '../shared/data'] as const;
const work = ['--work <dir>', "folder for the run's state", 'node_modules/.cache/pretrain'] as const;
const out = ['--out <dir>', 'folder of the model', shippedDir] as const;
const threads = ['--threads <n>', 'of the training engine', Number, availableParallelism()] as const;

const log = (text: string): void => {
  console.log(text);
};

type TrainFlags = Omit<PretrainOptions & PublishOptions, 'batchSize' | 'log'> & { readonly batch: number };

const program = new Command('pretrain').description('Makes the base model in server/models/base.');
program
  .command('train', { isDefault: true })
  .description('train within the time budget, then publish')
  .option(...data)
  .option(...work)
  .option('--minutes <n>', 'time budget', Number, usualMinutes)
  .option('--batch <n>', 'pictures per step', Number, 64)
  .option('--seed <n>', 'of all that is random', Number, 1)
  .option(...out)
  .option(...threads)
  .option('--resume', 'go on with the run in the work folder', false)
  .action(async ({ batch, ...options }: TrainFlags) => {
    await trainBase({ ...options, batchSize: batch, log });
    await publishBase({ ...options, log });
  });
program
  .command('publish')
  .description('publish what the run in the work folder has reached')
  .option(...data)
  .option(...work)
  .option(...out)
  .option(...threads)
  .action((options: Omit<PublishOptions, 'log'>) => publishBase({ ...options, log }));
await program.parseAsync();
