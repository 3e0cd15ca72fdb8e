/** The files of somebody else's model, in a folder or at an address: `model.json`, and beside it the weights that it names. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { maxModelBytes } from '../../../protocol/limits.ts';
import { BadInput } from '../../bad-input.ts';

export type ForeignFiles = {
  /** What the folder is called. */
  readonly name: string;
  readonly json: io.ModelJSON;
  /** Of all weights together. */
  readonly weightBytes: number;
  /** The weights, in the manifest's order. Rejects with BadInput when a file is missing or they are not `weightBytes` long. */
  weights(): Promise<Uint8Array<ArrayBuffer>>;
};

/** A topology of hundreds of layers has a tenth of it. */
const maxJsonBytes = 4 * 1024 * 1024;
/** Singles of what a model file holds as halves. */
const maxWeightBytes = 2 * maxModelBytes;

const bytesOf: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 };
const dtype = v.pipe(
  v.string(),
  v.check((name) => Object.hasOwn(bytesOf, name), 'Expected a number type'),
);

const jsonSchema = v.looseObject({
  modelTopology: v.looseObject({}),
  weightsManifest: v.array(
    v.looseObject({
      paths: v.array(v.pipe(v.string(), v.regex(/^[^/\\:]+$/, 'Expected a file beside model.json'))),
      weights: v.array(
        v.looseObject({
          shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
          dtype,
          quantization: v.optional(v.looseObject({ dtype })),
        }),
      ),
    }),
  ),
});
type ModelJson = v.InferOutput<typeof jsonSchema>;

/**
 * Opens the model in the folder `place`, beside the `model.json` that it names, or at such an address; reads that file only.
 * Rejects with BadInput when it is missing, no tfjs layers model, or larger than a model may be.
 */
export async function openForeignFiles(place: string): Promise<ForeignFiles> {
  const { name, read } = isAddress(place) ? atAddress(place) : inFolder(place);
  const json = parse(place, Buffer.from(await read('model.json', maxJsonBytes)).toString());
  const weightBytes = sum(json.weightsManifest.flatMap(({ weights }) => weights.map(sizeOfWeight)));
  if (weightBytes > maxWeightBytes)
    throw new BadInput(
      `${place} has ${String(weightBytes)} bytes of weights; a model may have ${String(maxWeightBytes)}. Take a smaller one.`,
    );
  return {
    name,
    // The parts that tfjs reads beyond these it checks itself.
    json: json as unknown as io.ModelJSON,
    weightBytes,
    weights: async () => {
      const shards: Uint8Array[] = [];
      for (const path of json.weightsManifest.flatMap(({ paths }) => paths))
        shards.push(await read(path, weightBytes - sum(shards.map(({ length }) => length))));
      const weights = Buffer.concat(shards);
      if (weights.length !== weightBytes)
        throw new BadInput(
          `The weights of ${place} should have ${String(weightBytes)} bytes but have ${String(weights.length)}. Copy the model again.`,
        );
      return new Uint8Array(weights);
    },
  };
}

type Place = {
  readonly name: string;
  readonly read: (file: string, maxBytes: number) => Promise<Uint8Array>;
};

export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

function inFolder(place: string): Place {
  const dir = resolve(basename(place) === 'model.json' ? dirname(place) : place);
  return {
    name: basename(dir),
    read: async (file, maxBytes) => {
      const path = join(dir, file);
      try {
        if ((await stat(path)).size > maxBytes) throw tooLong(path, maxBytes);
        return await readFile(path);
      } catch (cause) {
        if (cause instanceof BadInput) throw cause;
        throw new BadInput(`Expected a model's file at ${path}, but it cannot be read: ${String(cause)}`, { cause });
      }
    },
  };
}

function atAddress(place: string): Place {
  const address = new URL(place.endsWith('model.json') ? place : `${place.replace(/\/?$/, '/')}model.json`);
  return {
    name: basename(dirname(address.pathname)),
    read: async (file, maxBytes) => {
      const url = new URL(file, address);
      const response = await fetch(url).catch((cause: unknown) => {
        throw unreachable(url, cause);
      });
      if (!response.ok || !response.body)
        throw new BadInput(`${url.href} answered ${String(response.status)}; expected a model's file there.`);
      const parts: Uint8Array[] = [];
      let length = 0;
      try {
        for await (const part of response.body) {
          length += part.length;
          if (length > maxBytes) throw tooLong(url.href, maxBytes);
          parts.push(part);
        }
      } catch (cause) {
        throw cause instanceof BadInput ? cause : unreachable(url, cause);
      }
      return Buffer.concat(parts);
    },
  };
}

function unreachable(url: URL, cause: unknown): BadInput {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return new BadInput(
    `${url.href} cannot be fetched: ${String(reason)}. Is this computer online? A model that was copied here is imported by its folder.`,
    { cause },
  );
}

function tooLong(place: string, maxBytes: number): BadInput {
  return new BadInput(
    `${place} is longer than the ${String(maxBytes)} bytes that it may have. It is not the model's file.`,
  );
}

function parse(place: string, text: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BadInput(`model.json of ${place} is not JSON, perhaps cut short. Copy the model again.`, { cause });
  }
  if (v.is(v.looseObject({ format: v.literal('graph-model') }), json))
    throw new BadInput(`${place} is a tfjs graph model; expected a layers model. Convert it from Keras once more.`);
  const parsed = v.safeParse(jsonSchema, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new BadInput(`${place} is no tfjs layers model: ${v.getDotPath(issue) ?? 'model.json'} ${issue.message}.`);
}

function sizeOfWeight({ shape, dtype, quantization }: ModelJson['weightsManifest'][number]['weights'][number]): number {
  return shape.reduce((product, n) => product * n, 1) * (bytesOf[quantization?.dtype ?? dtype] ?? 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
