/** A room's models without any training: one model file for every room, for tests of what stands in front of it. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { modelHashSchema } from '../../protocol/ids.ts';
import type { Learning, LearningOptions } from '../../server/training/learning-port.ts';

export const stillModelBytes = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);

export const stillModel = v.parse(modelHashSchema, createHash('sha256').update(stillModelBytes).digest('hex'));

export function createStillLearning({ dataDir, versions }: LearningOptions): Learning {
  const file = join(dataDir, 'models', stillModel);
  return {
    backend: 'none',
    async start() {
      await mkdir(join(dataDir, 'models'), { recursive: true });
      await writeFile(file, stillModelBytes);
    },
    stop: () => Promise.resolve(),
    current(room) {
      const current = versions.current(room);
      if (current) return Promise.resolve(current);
      const base = {
        room,
        version: 1,
        model: stillModel,
        parent: null,
        status: 'promoted' as const,
        report: null,
        figures: null,
        createdAtMs: Date.now(),
        corrections: [],
      };
      versions.promote(base);
      return Promise.resolve(base);
    },
    offerFor(_, holds) {
      if (holds[0] === stillModel) return Promise.resolve(null);
      const bytes = stillModelBytes.length;
      return Promise.resolve({ type: 'model-offer', model: stillModel, version: 1, bytes, delta: null });
    },
    modelFile: (model) => (model === stillModel ? file : null),
    delta: () => Promise.resolve(null),
    status: () => ({ type: 'train-status', status: { kind: 'idle' } }),
    async history(room) {
      const { version } = await this.current(room);
      return { type: 'history', current: { version, pinned: false }, versions: [], figures: null };
    },
    pin: () => Promise.resolve('unknown'),
  };
}
