/** What a run of pre-training needs to go on after a stop, in one file. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Weights } from '../../protocol/learning/weights.ts';
import { replaceFile } from '../models/replace-file.ts';

/** Accuracy of the averaged weights on held-back tiles, during the run. */
export type Validation = {
  readonly step: number;
  readonly minutes: number;
  readonly size: number;
  readonly top1: number;
};

export type RunState = {
  readonly seed: number;
  readonly budgetMinutes: number;
  readonly batchSize: number;
  /** Time spent in training, over all starts. */
  readonly elapsedMs: number;
  readonly step: number;
  /** Index into `cycles`. */
  readonly cycle: number;
  /** Index into the cycle's phases. */
  readonly phase: number;
  /** The trainer's own, with the latest weights; absent at the start of a cycle. It fits pictures of every size. */
  readonly checkpoint?: Uint8Array;
  readonly average: Weights;
  readonly validations: readonly Validation[];
};

const fileName = 'run.v8';

/** Replaces the file in folder `dir` at once: a reader sees the old state or the new one. */
export async function writeRunState(dir: string, state: RunState): Promise<void> {
  await mkdir(dir, { recursive: true });
  await replaceFile(join(dir, fileName), serialize(state));
}

/** Reads what `writeRunState` wrote. Rejects when there is nothing. */
export async function readRunState(dir: string): Promise<RunState> {
  // The file is this program's own; nobody else writes into the work folder.
  return deserialize(await readFile(join(dir, fileName))) as RunState;
}
