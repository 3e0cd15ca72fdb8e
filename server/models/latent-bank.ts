/**
 * Activations of the base model at the cut, of pictures that it was trained on: the hub replays them so that old labels
 * are not forgotten, and without any picture in the repository (8-bit latent replay: Ravaglia et al. 2021).
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import * as v from 'valibot';

/** `replay`: to train on; `gate`: of held-back pictures, to check that a candidate still knows the old labels. */
export type LatentSplit = 'replay' | 'gate';

export type LatentBank = {
  /** The layer whose output the latents are. */
  readonly cut: string;
  /** Of one latent: `[h, w, c]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** By record: index of the label of the base model. */
  readonly labels: Uint16Array;
  /** By record. */
  readonly splits: readonly LatentSplit[];
  /** Value of one step of each channel, `[c]`. */
  readonly scales: Float32Array;
  /** `[records, h, w, c]` in steps. */
  readonly values: Int8Array;
};

/** Steps per root mean square of a channel: rounding costs 1 / (12 * 9) of its power, and deflate halves the bytes. */
const stepsPerRms = 3;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const headerSchema = v.strictObject({
  format: v.literal('occhio-latents-1'),
  cut: v.string(),
  shape: v.strictTuple([count, count, count]),
  labels: v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff))),
  splits: v.array(v.picklist(['replay', 'gate'])),
  scales: v.array(v.number()),
});

const deflate = promisify<Uint8Array, Buffer>(zlib.deflateRaw);
const inflate = promisify<Uint8Array, Buffer>(zlib.inflateRaw);

/** Replaces the file at `path` at once: deflated, the header's length (4 bytes, little-endian), the header as JSON, the values. */
export async function writeLatentBank(path: string, bank: LatentBank): Promise<void> {
  const { values, labels, scales, ...rest } = bank;
  const header = Buffer.from(
    JSON.stringify({ format: 'occhio-latents-1', ...rest, labels: [...labels], scales: [...scales] }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bytes = await deflate(
    Buffer.concat([length, header, Buffer.from(values.buffer, values.byteOffset, values.length)]),
  );
  await writeFile(`${path}.new`, bytes);
  await rename(`${path}.new`, path);
}

/** Reads what `writeLatentBank` wrote. Rejects with an Error when the file is missing or something else. */
export async function readLatentBank(path: string): Promise<LatentBank> {
  const bytes = await inflate(await readFile(path));
  const end = 4 + bytes.readUInt32LE();
  const {
    format: _format,
    labels,
    splits,
    scales,
    ...rest
  } = v.parse(headerSchema, JSON.parse(bytes.toString('utf8', 4, end)));
  const values = new Int8Array(bytes.subarray(end));
  const expected = labels.length * rest.shape.reduce((product, n) => product * n, 1);
  if (values.length !== expected || splits.length !== labels.length || scales.length !== rest.shape[2])
    throw new Error(`${path} is not a whole latent bank.`);
  return { ...rest, labels: Uint16Array.from(labels), splits, scales: Float32Array.from(scales), values };
}

/** Rounds latents `[records, ...shape]` to 8 bits. A channel that is 0 everywhere stays so. */
export function makeLatentBank(
  latents: Float32Array,
  bank: Pick<LatentBank, 'cut' | 'shape' | 'labels' | 'splits'>,
): LatentBank {
  const channels = bank.shape[2];
  const power = new Float64Array(channels);
  latents.forEach((value, i) => {
    power[i % channels] = (power[i % channels] ?? 0) + value * value;
  });
  const perChannel = latents.length / channels;
  const scales = Float32Array.from(power, (sum) => Math.sqrt(sum / perChannel) / stepsPerRms || 1);
  return { ...bank, scales, values: toSteps(latents, scales) };
}

/** Activations `[..., c]` in steps of the channels' `scales`: the nearest of 255. */
export function toSteps(latents: Float32Array, scales: Float32Array): Int8Array {
  const steps = new Int8Array(latents.length);
  for (let at = 0; at < latents.length; at += scales.length)
    for (let c = 0; c < scales.length; c++)
      steps[at + c] = Math.max(-127, Math.min(127, Math.round((latents[at + c] ?? 0) / (scales[c] ?? 1))));
  return steps;
}

/** The activations that `toSteps` rounded to these. */
export function fromSteps(steps: Int8Array, scales: Float32Array): Float32Array {
  const latents = new Float32Array(steps.length);
  for (let at = 0; at < steps.length; at += scales.length)
    for (let c = 0; c < scales.length; c++) latents[at + c] = (steps[at + c] ?? 0) * (scales[c] ?? 0);
  return latents;
}

/** Record `record` as the cut's output: `[h, w, c]`. Throws a RangeError when there is none. */
export function latentAt(bank: LatentBank, record: number): Float32Array {
  const [h, w, c] = bank.shape;
  const length = h * w * c;
  const values = bank.values.subarray(record * length, (record + 1) * length);
  if (values.length !== length) throw new RangeError(`The bank has no record ${String(record)}.`);
  return fromSteps(values, bank.scales);
}

/** The records of one split, in order. */
export function recordsOf(bank: LatentBank, split: LatentSplit): readonly number[] {
  return bank.splits.flatMap((own, record) => (own === split ? [record] : []));
}
