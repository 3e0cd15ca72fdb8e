/** `npm run bench -- learn`: measures how soon the device knows one more correction. Wiring only. */
import { Command } from 'commander';
import { writeJson } from '../../../server/report/json-file.ts';
import { othersBusy } from '../train/others-busy.ts';
import { figuresOf, report } from './figures.ts';
import { measureLearning } from './measure-learning.ts';

/** As many as a head is made of at most. */
const examples = 200;

const extents = { whole: { warmUps: 10, repetitions: 100 }, quick: { warmUps: 2, repetitions: 10 } } as const;

type Options = { readonly quick: boolean; readonly json?: string };

await new Command('bench learn')
  .description('Measures in Chromium how soon the device knows one more correction, with 200 examples.')
  .option('--quick', 'a few corrections: figures to look at, not to keep', false)
  .option('--json <file>', 'write the figures there too')
  .action(bench)
  .parseAsync();

async function bench({ quick, json }: Options): Promise<void> {
  const before = await othersBusy();
  const times = await measureLearning({ examples, ...extents[quick ? 'quick' : 'whole'] });
  const busy = Math.max(before, await othersBusy());
  const figures = figuresOf(times, { examples, busy });
  process.stdout.write(report(figures));
  if (json !== undefined) await writeJson(json, figures);
}
