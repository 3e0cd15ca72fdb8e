import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { epochOrder } from '../../../server/training/epoch-order.ts';
import { InputPipeline } from '../../../server/training/input-pipeline.ts';
import type { InputPipelineOptions } from '../../../server/training/input-pipeline.ts';
import { blankPictures, pictureAt } from '../../../server/training/pictures.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';

const size = 8;
const batchSize = 3;

function noisyPictures(count: number) {
  const pictures = blankPictures(Array.from({ length: count }, (_, i) => ({ width: 9 + i, height: 12 })));
  const random = seededRandom(9);
  pictures.bytes.forEach((_, i) => (pictures.bytes[i] = Math.floor(random.next() * 256)));
  return pictures;
}

const pictures = noisyPictures(10);
const members = Uint32Array.from({ length: 10 }, (_, i) => i);

function pipeline(options: Partial<InputPipelineOptions> = {}): InputPipeline {
  const order = epochOrder(members, batchSize, 4);
  const defaults = {
    pictures,
    order,
    augmentation: 'mobile',
    size,
    batchSize,
    seed: 4,
    firstBatch: 0,
    ahead: 2,
  } as const;
  const made = new InputPipeline({ ...defaults, ...options });
  onTestFinished(() => made.dispose());
  return made;
}

/** Batches as they were when they were given. */
async function take(from: InputPipeline, count: number) {
  const taken = [];
  for (let i = 0; i < count; i++) {
    const { batch, indices, inputs } = await from.next();
    taken.push({ batch, indices: [...indices], inputs: inputs.slice() });
  }
  return taken;
}

test('gives the same batches for the same seed, whether taken slowly or at once', async () => {
  const atOnce = await take(pipeline({ ahead: 5 }), 7);
  const slow = pipeline({ ahead: 1 });
  for (const expected of atOnce) {
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(await take(slow, 1)).toEqual([expected]);
  }
  expect(atOnce.map(({ batch }) => batch)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('gives the same batches in the same order from one thread and from three', async () => {
  // Every second batch is much more work, so that threads finish out of turn.
  const order = (batch: number) => Uint32Array.from({ length: batch % 2 ? 60 : 1 }, (_, i) => (batch + i) % 10);
  const options = { order, batchSize: 60, ahead: 6 };
  const one = await take(pipeline({ ...options, threads: 1 }), 12);
  expect(await take(pipeline({ ...options, threads: 3 }), 12)).toEqual(one);
});

test('goes on from any batch as if it had never stopped', async () => {
  const unbroken = await take(pipeline(), 6);
  expect(await take(pipeline({ firstBatch: 4 }), 2)).toEqual(unbroken.slice(4));
});

test('shows a picture otherwise in every pass and for every seed', async () => {
  const all = { order: () => Uint32Array.of(0, 0, 0) };
  const [first, second] = await take(pipeline(all), 2);
  const [other] = await take(pipeline({ ...all, seed: 5 }), 1);
  const length = size * size * 3;
  const views = [first, second, other].flatMap((batch) =>
    [0, 1, 2].map((i) => batch?.inputs.slice(i * length, (i + 1) * length).join()),
  );
  expect(new Set(views).size).toBe(9);
});

test('puts every picture where its index stands', async () => {
  const { indices, inputs } = await pipeline({ augmentation: 'none' }).next();
  indices.forEach((index, i) => {
    const length = size * size * 3;
    expect(inputs.slice(i * length, (i + 1) * length)).toEqual(toInput(pictureAt(pictures, index), size));
  });
});

test('never prepares more batches ahead than it was told to', async () => {
  const asked: number[] = [];
  const order = (batch: number) => {
    asked.push(batch);
    return Uint32Array.of(0, 1, 2);
  };
  const bounded = pipeline({ order, ahead: 3 });
  expect(asked).toEqual([0, 1, 2]);
  await bounded.next();
  expect(asked).toEqual([0, 1, 2, 3]);
});

test('rejects when a picture cannot be made, instead of waiting for ever', async () => {
  const broken = pipeline({ order: () => Uint32Array.of(0, 99) });
  await expect(broken.next()).rejects.toThrow('input thread');
});
