/** Entry of the process that trains one row on our engine: `ours.ts DIR THREADS`; see `Runner` for what it is told. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import type { Weight } from '../../../protocol/learning/weights.ts';
import type { Batch } from '../../../server/training/trainer.ts';
import { createWasmTrainer } from '../../../server/training/wasm/wasm-trainer.ts';
import { peakMemoryMb } from './peak-memory.ts';
import { dataFile, outputSizes, readFloats, readHeader } from './task.ts';

const [dir = '', threads = ''] = process.argv.slice(2);
const { spec, losses, optimizer, batchSize, learningRate, batches, weights: shapes } = await readHeader(dir);
const data = await open(join(dir, dataFile));
let end = 0;
const next = async (length: number): Promise<Float32Array> => {
  end += length;
  return await readFloats(data, end - length, length);
};
const weights = new Map<string, Weight>();
for (const { name, shape } of shapes) weights.set(name, { shape, values: await next(sizeOf(shape)) });
const firstBatch = end;
const sizes = outputSizes(spec);

/** One batch after the other; only the one that is asked for is in memory. */
async function nextBatch(batch: number): Promise<Batch> {
  if (batch % batches === 0) end = firstBatch;
  const inputs = await next(batchSize * (sizes.get(inputName) ?? 0));
  const targets = new Map<string, Float32Array>();
  for (const { layer } of losses) targets.set(layer, await next(batchSize * (sizes.get(layer) ?? 0)));
  return { count: batchSize, inputs, targets };
}

const trainer = await createWasmTrainer({ spec, weights, batchSize, losses, optimizer }, { threads: Number(threads) });
const tell = (answer: object): void => {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
};
tell({ ready: trainer.backend });
let batch = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const ms: number[] = [];
  const seen: number[] = [];
  for (let step = 0; step < Number(line); step++, batch++) {
    const inputs = await nextBatch(batch);
    const begun = performance.now();
    const { loss } = await trainer.step(inputs, learningRate);
    ms.push(performance.now() - begun);
    seen.push(loss);
  }
  tell({ ms, losses: seen, peakMb: await peakMemoryMb() });
}
await trainer.dispose();
await data.close();
