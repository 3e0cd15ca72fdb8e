/** What one row of the bench trains, and the folder in which both engines find it. */
import { readFile, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { placeLayers, sizeOf, weightShapes } from '../../../protocol/learning/shapes.ts';
import type { Batch, TrainerOptions } from '../../../server/training/trainer.ts';

export type Task = {
  readonly options: TrainerOptions;
  readonly learningRate: number;
  /** Taken in turn, for ever; all full. */
  readonly batches: readonly Batch[];
};

/** As it stands in task.json, which the peer reads too. */
export type TaskHeader = Pick<TrainerOptions, 'spec' | 'losses' | 'optimizer' | 'batchSize'> & {
  readonly learningRate: number;
  readonly batches: number;
  /** Of the weights, in the order in which data.bin begins. Then follow the batches: inputs, then targets by loss. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
};

export const headerFile = 'task.json';
export const dataFile = 'data.bin';

/** Writes `task` into the folder `dir`. */
export async function writeTask(dir: string, { options, learningRate, batches }: Task): Promise<void> {
  const { spec, losses, optimizer, batchSize } = options;
  const weights = weightShapes(spec);
  const header: TaskHeader = { spec, losses, optimizer, batchSize, learningRate, batches: batches.length, weights };
  const tensors = [
    ...weights.map(({ name }) => required(options.weights, name).values),
    ...batches.flatMap(({ inputs, targets }) => [inputs, ...losses.map(({ layer }) => required(targets, layer))]),
  ];
  await writeFile(join(dir, headerFile), JSON.stringify(header));
  await writeFile(join(dir, dataFile), Buffer.concat(tensors.map(bytesOf)));
}

/** The header that `writeTask` wrote. */
export async function readHeader(dir: string): Promise<TaskHeader> {
  // Written by writeTask a moment ago, for this process.
  return JSON.parse(await readFile(join(dir, headerFile), 'utf8')) as TaskHeader;
}

/** Reads `length` floats from float `first` of data.bin on. */
export async function readFloats(file: FileHandle, first: number, length: number): Promise<Float32Array> {
  const values = new Float32Array(length);
  await file.read(bytesOf(values), 0, length * 4, first * 4);
  return values;
}

/** Values per picture of the output of each layer, and of the input. */
export function outputSizes(spec: ModelSpec): ReadonlyMap<string, number> {
  const layers = placeLayers(spec).map(({ layer, outputShape }) => [layer.name, sizeOf(outputShape)] as const);
  return new Map([[inputName, sizeOf(spec.input)], ...layers]);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function required<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`The task has no ${name}.`);
  return value;
}
