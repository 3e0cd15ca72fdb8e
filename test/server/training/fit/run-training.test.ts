/** Runs that are saved, stopped, lost and taken up again, with the real engine. */
import { readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { createTrainer } from '../../../../server/training/backends.ts';
import { CheckpointFile } from '../../../../server/training/fit/checkpoint-file.ts';
import type { FitOptions } from '../../../../server/training/fit/fit.ts';
import { runTraining } from '../../../../server/training/fit/run-training.ts';
import type { FinishedRun, Run } from '../../../../server/training/fit/run-training.ts';
import { BackendLostError } from '../../../../server/training/trainer.ts';
import type { Trainer } from '../../../../server/training/trainer.ts';
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';
import { figuresOf, stripedFit, stripedTrainer } from '../../../support/striped-fit.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

// Real engines: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const identity = { '--seed': '5', labels: 'across, down' };

async function inFolder(): Promise<{ readonly dir: string; readonly checkpoint: CheckpointFile }> {
  const dir = await temporaryFolder();
  return { dir, checkpoint: new CheckpointFile(join(dir, 'eye.checkpoint'), identity) };
}

async function train(
  checkpoint: CheckpointFile,
  options: { readonly createTrainer?: typeof createTrainer; readonly fit?: Partial<FitOptions> } = {},
): Promise<{ readonly finished: FinishedRun; readonly said: readonly string[] }> {
  const said: string[] = [];
  const run: Run = {
    trainer: stripedTrainer,
    runtime: { backend: 'auto', threads: 1 },
    fit: stripedFit(options.fit),
    checkpoint,
    createTrainer: options.createTrainer ?? ((of, { threads }) => createWasmTrainer(of, { threads })),
    observer: { onStep: () => undefined, onEpoch: () => undefined, onEngine: (text) => said.push(text) },
  };
  return { finished: await runTraining(run), said };
}

/** The real engine, whose device is lost for good at step `lostAt`; `wasm` asked for by name is never lost. */
function engineLostAt(lostAt: number): typeof createTrainer {
  return async (options, { backend, threads }) => {
    const trainer = await createWasmTrainer(options, { threads });
    if (backend === 'wasm') return trainer;
    let step = 0;
    const lost = (): boolean => step > lostAt;
    const unless = <T>(call: () => Promise<T>): Promise<T> =>
      lost() ? Promise.reject(new BackendLostError('a GPU failed: lost')) : call();
    return {
      backend: 'a GPU',
      step(batch, rate) {
        step++;
        return unless(() => trainer.step(batch, rate));
      },
      forward: (inputs, count, layers) => unless(() => trainer.forward(inputs, count, layers)),
      weights: () => unless(() => trainer.weights()),
      checkpoint: () => unless(() => trainer.checkpoint()),
      restore: (bytes) => trainer.restore(bytes),
      dispose: () => trainer.dispose(),
    } satisfies Trainer;
  };
}

describe('a run whose device is lost', () => {
  it.each([
    ['from the last checkpoint', 20],
    ['from the beginning when there is no checkpoint yet', 5],
  ])('goes on with wasm %s, says so, and ends as an unbroken run', async (_, lostAt) => {
    const { finished: unbroken } = await train((await inFolder()).checkpoint);
    const { finished, said } = await train((await inFolder()).checkpoint, { createTrainer: engineLostAt(lostAt) });
    expect(said).toHaveLength(3);
    expect(said[1]).toBe('a GPU failed: lost; going on with wasm from the last checkpoint');
    // The GPU of this test computes with the same engine, so even the bits agree.
    expect(figuresOf(finished.history)).toEqual(figuresOf(unbroken.history));
    expect(finished.weights).toEqual(unbroken.weights);
    expect(finished.engines).toEqual(lostAt > 12 ? ['a GPU', unbroken.engines[0]] : unbroken.engines);
  });

  it('is not tried a third time', async () => {
    const alwaysLost: typeof createTrainer = (options, runtime) =>
      engineLostAt(2)(options, { ...runtime, backend: 'webgpu' });
    await expect(train((await inFolder()).checkpoint, { createTrainer: alwaysLost })).rejects.toThrow(BackendLostError);
  });
});

describe('a checkpoint file', () => {
  const trained = async (): Promise<{ readonly dir: string; readonly checkpoint: CheckpointFile }> => {
    const place = await inFolder();
    await train(place.checkpoint, { fit: { epochs: 1, stepsPerEpoch: 1 } });
    return place;
  };

  it('is one file, and a whole run when its last epoch is done', async () => {
    const { dir, checkpoint } = await trained();
    expect(await readdir(dir)).toEqual(['eye.checkpoint']);
    const { finished } = await train(checkpoint, { fit: { epochs: 1, stepsPerEpoch: 1 } });
    expect(figuresOf(finished.history)).toEqual(figuresOf((await checkpoint.read())?.state.history ?? []));
  });

  it('is not gone on from by another run, and says what differs', async () => {
    const { checkpoint } = await trained();
    const other = new CheckpointFile(checkpoint.path, { ...identity, labels: 'across, down, round' });
    await expect(other.read()).rejects.toThrow(
      /eye\.checkpoint is of another run: labels across, down there, across, down, round here/,
    );
  });

  it('is refused when it is cut short, altered or something else', async () => {
    const { checkpoint } = await trained();
    const whole = await readFile(checkpoint.path);
    const refused = (): Promise<void> => expect(checkpoint.read()).rejects.toThrow(/no whole checkpoint.*remove it/);
    await truncate(checkpoint.path, whole.length - 1);
    await refused();
    await writeFile(checkpoint.path, whole.with(whole.length - 5, (whole[whole.length - 5] ?? 0) ^ 1));
    await refused();
    for (const other of ['', 'abc', 'a long text that is no checkpoint']) {
      await writeFile(checkpoint.path, other);
      await refused();
    }
    await writeFile(checkpoint.path, whole);
    expect(await checkpoint.read()).toMatchObject({ state: { history: [{ epoch: 1 }] } });
  });
});
