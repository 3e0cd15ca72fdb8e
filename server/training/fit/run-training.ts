/** A training run from its last checkpoint, or its beginning, to its end: over a lost device too. */
import type { Weights } from '../../../protocol/learning/weights.ts';
import type { createTrainer, Runtime } from '../backends.ts';
import { BackendLostError } from '../trainer.ts';
import type { Trainer, TrainerOptions } from '../trainer.ts';
import type { CheckpointFile, SavedRun } from './checkpoint-file.ts';
import { fit } from './fit.ts';
import type { EpochResult, FitObserver, FitOptions } from './fit.ts';

export type Run = {
  readonly trainer: TrainerOptions;
  readonly runtime: Runtime;
  readonly fit: Omit<FitOptions, 'from'>;
  /** Where the run is saved, and where it goes on from when the file is there. */
  readonly checkpoint: CheckpointFile;
  readonly createTrainer: typeof createTrainer;
  readonly observer: Omit<FitObserver, 'save'> & {
    /** What a person should know of the engine, in a line. */
    onEngine(text: string): void;
  };
};

export type FinishedRun = {
  readonly weights: Weights;
  readonly history: readonly EpochResult[];
  /** The engines that computed it, in order. */
  readonly engines: readonly string[];
};

/**
 * Leaves the checkpoint of the last epoch behind, for a caller who cannot store the result. When the device under the
 * engine is lost the run goes on with `wasm`. Rejects as `fit` does, and with BadInput when the checkpoint is of another
 * run or cannot be written.
 */
export async function runTraining(run: Run): Promise<FinishedRun> {
  try {
    return await runOn(run.runtime, run);
  } catch (error) {
    if (!(error instanceof BackendLostError)) throw error;
    run.observer.onEngine(`${error.message}; going on with wasm from the last checkpoint`);
    return await runOn({ ...run.runtime, backend: 'wasm' }, run);
  }
}

async function runOn(runtime: Runtime, { createTrainer, checkpoint, observer, ...run }: Run): Promise<FinishedRun> {
  const trainer = await createTrainer(run.trainer, runtime);
  try {
    const saved = await restore(trainer, checkpoint);
    const engines =
      saved?.engines.at(-1) === trainer.backend ? saved.engines : [...(saved?.engines ?? []), trainer.backend];
    observer.onEngine(introduction(engines, saved));
    const history = await fit(
      trainer,
      { ...run.fit, ...(saved && { from: saved.state }) },
      {
        ...observer,
        save: async (state) => checkpoint.write({ engines, state, trainer: await trainer.checkpoint() }),
      },
    );
    return { history, engines, weights: await trainer.weights() };
  } finally {
    await trainer.dispose();
  }
}

/** What the checkpoint says of the run; the trainer's part goes into the trainer and is not kept. */
async function restore(
  trainer: Trainer,
  checkpoint: CheckpointFile,
): Promise<Pick<SavedRun, 'engines' | 'state'> | undefined> {
  const saved = await checkpoint.read();
  if (!saved) return undefined;
  await trainer.restore(saved.trainer);
  return { engines: saved.engines, state: saved.state };
}

function introduction(engines: readonly string[], saved: Pick<SavedRun, 'state'> | undefined): string {
  const engine = `training on ${engines.at(-1) ?? ''}`;
  if (!saved) return engine;
  const { history, sums } = saved.state;
  const place = `after ${String(history.length)} epochs and ${String(sums.steps)} steps`;
  const before = engines.at(-2);
  return `${engine}, going on ${place}${before === undefined ? '' : `, begun on ${before}: as good as one run, not bit for bit the same`}`;
}
