/** `occhio replay`: measures how much a learner makes of each correction, beside others. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { shippedDir } from '../models/shipped-base.ts';
import { writeJson } from '../report/json-file.ts';
import { ProgressLine, bar } from '../report/progress-line.ts';
import { askNames } from '../replay/asking.ts';
import { openBackbone } from '../replay/backbone.ts';
import { writeLearningCurves } from '../replay/learning-curves.ts';
import { loadMaterial } from '../replay/material.ts';
import type { MethodName } from '../replay/methods.ts';
import { methodNames } from '../replay/methods.ts';
import { openReplaySet } from '../replay/replay-set.ts';
import { replayText } from '../replay/replay-text.ts';
import { replay } from '../replay/replay.ts';
import { mostValues } from '../replay/statistics.ts';
import { takeOutKnown } from '../replay/take-out-known.ts';
import { BadInput } from '../bad-input.ts';
import { wholeNumber } from './options.ts';

type ReplayOptions = {
  readonly budgets: readonly number[];
  readonly seeds: number;
  readonly methods: readonly MethodName[];
  readonly backbone: string;
  readonly unknown: number;
  readonly flip: number;
  readonly ask?: (typeof askNames)[number];
  readonly json?: string;
  readonly plot?: string;
  readonly threads: number;
};

const mostLabels = 10_000;

export function replayCommand(): Command {
  return new Command('replay')
    .description('Measures how fast learners get right from corrections: accuracy, forgetting, time, the unknown.')
    .argument('<dir>', 'pictures in pool/<class>/ to learn from and test/<class>/ to judge with')
    .option('--budgets <list>', 'judge after so many corrections', readBudgets, [1, 5, 10, 25, 50, 100])
    .option('--seeds <n>', 'repeat in so many orders', wholeNumber(1, mostValues), 5)
    .option('--methods <list>', `of ${methodNames.join(', ')}`, readMethods, methodNames)
    .option('--backbone <path>', 'folder of another base model, or of a tfjs layers model', shippedDir)
    .option(
      '--unknown <n>',
      'never teach so many classes, and see whether they are called unknown',
      wholeNumber(0, 1000),
      0,
    )
    .option('--flip <part>', 'name a wrong class for this part of the pictures', readPart, 0)
    .addOption(
      new Option('--ask <how>', 'label pictures as asked (default: those that come out wrong or unknown)').choices(
        askNames,
      ),
    )
    .option('--json <file>', 'write the figures there too')
    .option('--plot <file>', 'draw the learning curves there, as SVG')
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(run);
}

async function run(dir: string, options: ReplayOptions): Promise<void> {
  const { methods, budgets, seeds, unknown, flip, ask = 'mistakes', threads } = options;
  const line = new ProgressLine(process.stdout);
  const set = await openReplaySet(dir);
  const temporary = await mkdtemp(join(tmpdir(), 'occhio-replay-'));
  try {
    if (set.classes.length - unknown < 2)
      throw new BadInput(
        `--unknown ${String(unknown)} leaves fewer than two of the ${String(set.classes.length)} classes to teach; choose a smaller number.`,
      );
    const backbone = await openBackbone(options.backbone, { threads, temporary });
    const material = await loadMaterial(set, backbone, {
      threads,
      onPicture: (done, of) => {
        line.pass(`reading pictures ${bar(done / of)} ${String(done)}/${String(of)}`);
      },
    });
    const result = await replay(
      await takeOutKnown(material, temporary),
      { methods, budgets, seeds, unknown, flip, ask },
      (method, seed) => {
        line.pass(`${method}, seed ${String(seed)} of ${String(seeds)}`);
      },
    );
    line.stay(`replay of ${dir}`);
    process.stdout.write(replayText(result));
    if (options.json !== undefined) await writeJson(options.json, { dir, ...result });
    if (options.plot !== undefined) await writeLearningCurves(options.plot, result, `Learning curves: ${dir}`);
  } finally {
    set.source.close();
    await rm(temporary, { recursive: true });
  }
}

/** Ascending and different, so that each budget goes on from the one before. */
function readBudgets(text: string): readonly number[] {
  const read = wholeNumber(1, mostLabels);
  const budgets = text.split(',').map(read);
  if (budgets.some((budget, i) => budget <= (budgets[i - 1] ?? 0)))
    throw new InvalidArgumentError('Expected whole numbers in ascending order, such as 1,5,10.');
  return budgets;
}

function readMethods(text: string): readonly MethodName[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const known = methodNames.find((method) => method === name);
    if (known) return known;
    throw new InvalidArgumentError(`There is no method ${name}; expected some of ${methodNames.join(', ')}.`);
  });
}

/** From 0 to below 1. */
function readPart(text: string): number {
  const part = Number(text);
  if (text.trim() !== '' && part >= 0 && part < 1) return part;
  throw new InvalidArgumentError('Expected a number from 0 to below 1.');
}
