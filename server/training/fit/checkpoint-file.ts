/** The file from which an unfinished training run goes on. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import * as v from 'valibot';
import { BadInput } from '../../bad-input.ts';
import { replaceFile } from '../../models/replace-file.ts';
import type { FitState } from './fit.ts';

/**
 * What makes two runs the same one, by the names under which a person knows it, the telling ones first:
 * `--seed` → `1`, `pictures` → `40 (SHA-256 …)`.
 */
export type RunIdentity = Readonly<Record<string, string>>;

export type SavedRun = {
  /** The engines that computed it so far, in order, as they call themselves. */
  readonly engines: readonly string[];
  readonly state: FitState;
  /** The trainer's own checkpoint. */
  readonly trainer: Uint8Array;
};

const epochSchema = v.strictObject({
  epoch: v.number(),
  loss: v.number(),
  accuracy: v.number(),
  msPerStep: v.number(),
  waitMsPerStep: v.number(),
  validationLoss: v.number(),
  validationAccuracy: v.number(),
  seconds: v.number(),
});

/**
 * Layout: u32 little-endian, the length of the header; the header (JSON, UTF-8); the trainer's checkpoint, whose SHA-256
 * the header holds.
 */
const headerSchema = v.strictObject({
  format: v.literal('occhio checkpoint 1'),
  identity: v.record(v.string(), v.string()),
  engines: v.array(v.string()),
  state: v.strictObject({
    history: v.array(epochSchema),
    sums: v.strictObject({
      steps: v.number(),
      loss: v.number(),
      correct: v.number(),
      ms: v.number(),
      waitMs: v.number(),
    }),
  }),
  sha256: v.string(),
});

/** A write replaces the file whole or, when it fails, leaves it as it was. */
export class CheckpointFile {
  readonly path: string;
  readonly #identity: RunIdentity;

  constructor(path: string, identity: RunIdentity) {
    this.path = path;
    this.#identity = identity;
  }

  /** Undefined when there is no file. Rejects with BadInput for one that is damaged, or of another run: it names the difference. */
  async read(): Promise<SavedRun | undefined> {
    if (!existsSync(this.path)) return undefined;
    const file = await readFile(this.path).catch((cause: unknown) => {
      throw new BadInput(`${this.path} cannot be read: ${String(cause)}`);
    });
    const headerEnd = file.length < 4 ? Infinity : 4 + file.readUInt32LE(0);
    const header = v.safeParse(headerSchema, parsed(file.subarray(4, headerEnd)));
    // A plain view: a Buffer's own `slice` would share memory where a reader expects a copy.
    const trainer = new Uint8Array(file.buffer, file.byteOffset, file.length).subarray(headerEnd);
    if (!header.success || header.output.sha256 !== sha256(trainer))
      throw new BadInput(`${this.path} is no whole checkpoint of a training run; remove it to begin anew.`);
    const { identity, engines, state } = header.output;
    this.#refuseOther(identity);
    return { engines, state, trainer };
  }

  /** Rejects with BadInput when it cannot be written; what the file held before stands. */
  async write({ engines, state, trainer }: SavedRun): Promise<void> {
    const header: v.InferInput<typeof headerSchema> = {
      format: 'occhio checkpoint 1',
      identity: this.#identity,
      engines: [...engines],
      state: { ...state, history: [...state.history] },
      sha256: sha256(trainer),
    };
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    await replaceFile(this.path, [length, json, trainer]).catch((cause: unknown) => {
      throw new BadInput(
        `${this.path} cannot be written: ${String(cause)}. Make room for ${String(Math.ceil(trainer.length / 1e6))} MB there; what was saved before still stands.`,
      );
    });
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  #refuseOther(identity: RunIdentity): void {
    for (const name of new Set([...Object.keys(this.#identity), ...Object.keys(identity)])) {
      const [there = 'nothing', here = 'nothing'] = [identity[name], this.#identity[name]];
      if (there !== here)
        throw new BadInput(
          `${this.path} is of another run: ${name} ${shortened(there)} there, ${shortened(here)} here. Go on with what it was begun with, or remove the file to begin anew.`,
        );
    }
  }
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    return undefined; // Refused by the schema, like any other header that is not ours.
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
