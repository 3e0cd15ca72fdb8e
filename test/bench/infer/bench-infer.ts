/** `npm run bench -- infer`: measures frames from the camera to the label, beside tfjs' own way. Wiring only. */
import { Command } from 'commander';
import { writeJson } from '../../../server/report/json-file.ts';
import { othersBusy } from '../train/others-busy.ts';
import { openApp } from './app-page.ts';
import type { Extent } from './measure-frames.ts';
import { measureFrames } from './measure-frames.ts';
import { figuresOf, report } from './figures.ts';

const extents = { whole: { rounds: 5, turnMs: 3000 }, quick: { rounds: 1, turnMs: 1000 } } satisfies Record<
  string,
  Extent
>;

type Options = { readonly quick: boolean; readonly json?: string };

await new Command('bench infer')
  .description('Measures the app’s frames from the camera to the label in Chromium, in turns with tfjs’ own way.')
  .option('--quick', 'one short turn: figures to look at, not to keep', false)
  .option('--json <file>', 'write the figures there too')
  .action(bench)
  .parseAsync();

async function bench({ quick, json }: Options): Promise<void> {
  const busy = await othersBusy();
  const { page, firstLabelMs, close } = await openApp();
  try {
    const times = await measureFrames(page, extents[quick ? 'quick' : 'whole']);
    const figures = figuresOf(times, { firstLabelMs, busy });
    process.stdout.write(report(figures));
    if (json !== undefined) await writeJson(json, figures);
  } finally {
    await close();
  }
}
