/** `npm run pretrain`: makes the base model that Occhio ships. Wiring only. */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { publishBase } from './publish.ts';
import type { PublishOptions } from './publish.ts';
import { trainBase } from './train-base.ts';
import type { PretrainOptions } from './train-base.ts';

const data = ['--data <dir>', 'folder with the pretrain-*.zip packs', '../shared/data'] as const;
const work = ['--work <dir>', "folder for the run's state", 'node_modules/.cache/pretrain'] as const;
const threads = ['--threads <n>', 'of the training engine', Number, availableParallelism()] as const;

const program = new Command('pretrain').description('Makes the base model in server/models/base.');
program
  .command('train', { isDefault: true })
  .description('train within the time budget, then publish')
  .option(...data)
  .option(...work)
  .option('--minutes <n>', 'time budget', Number, 90)
  .option('--batch-size <n>', 'pictures per step', Number, 64)
  .option('--learning-rate <n>', 'at its peak', Number, 0.003)
  .option('--seed <n>', 'of all that is random', Number, 1)
  .option(...threads)
  .option('--resume', 'go on with the run in the work folder', false)
  .action(async (options: Omit<PretrainOptions, 'log'>) => {
    await trainBase({ ...options, log: console.log });
    await publishBase(options);
  });
program
  .command('publish')
  .description('publish what the run in the work folder has reached')
  .option(...data)
  .option(...work)
  .option(...threads)
  .action((options: PublishOptions) => publishBase(options));
await program.parseAsync();
