/** A room's base with its bank, and what follows from these two alone: worked out once for all rounds that begin from them. */
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import type { LatentBank } from '../../models/latent-bank.ts';
import { latentAt, readLatentBank } from '../../models/latent-bank.ts';
import { createInference, outputsOf, outputsOfLayers } from '../inference.ts';
import type { Trainer } from '../trainer.ts';
import { cutsFrom } from './cuts.ts';

/** By input. */
export type Said = { readonly embeddings: readonly Float32Array[]; readonly logits: readonly Float32Array[] };

export class KnownBase {
  readonly model: Model;
  readonly bank: LatentBank;
  /** Where a round may begin to train: the bank's cut, and later layers up to the embedding. */
  readonly cuts: readonly string[];
  readonly #whole: Trainer;
  readonly #tail: Trainer;
  readonly #records = new Map<string, Promise<readonly Float32Array[]>>();
  #saidOfRecords: Promise<Said> | undefined;

  private constructor(parts: { model: Model; bank: LatentBank; whole: Trainer; tail: Trainer }) {
    this.model = parts.model;
    this.bank = parts.bank;
    this.cuts = cutsFrom(parts.model.spec, parts.bank.cut);
    this.#whole = parts.whole;
    this.#tail = parts.tail;
  }

  /** `file`: the model. Rejects when it and the bank at `latentsPath` do not belong together. The caller disposes it. */
  static async open(file: Uint8Array, latentsPath: string, threads: number): Promise<KnownBase> {
    const model = decodeModel(file);
    const bank = await readLatentBank(latentsPath);
    const tail = tailSpec(model.spec, bank.cut);
    return new KnownBase({
      model,
      bank,
      whole: await createInference(model.spec, model.weights, threads),
      tail: await createInference(tail, weightsOf(tail, model.weights), threads),
    });
  }

  /** Activations at the bank's cut for `inputs` as `preprocess` makes them. */
  async front(inputs: readonly Float32Array[]): Promise<readonly Float32Array[]> {
    return await outputsOf(this.#whole, inputs, this.bank.cut);
  }

  /** Latents at the bank's cut, run on to a later one. */
  async carried(latents: readonly Float32Array[], cut: string): Promise<readonly Float32Array[]> {
    return cut === this.bank.cut ? latents : await outputsOf(this.#tail, latents, cut);
  }

  /** What the base makes of latents at the bank's cut. */
  async said(latents: readonly Float32Array[]): Promise<Said> {
    const { embedding, head } = this.model.spec;
    const [embeddings = [], logits = []] = await outputsOfLayers(this.#tail, latents, [embedding, head]);
    return { embeddings, logits };
  }

  /** What the base makes of the bank's records, in their order. */
  saidOfRecords(): Promise<Said> {
    return (this.#saidOfRecords ??= this.records(this.bank.cut).then((records) => this.said(records)));
  }

  /** The bank's records at one of `cuts`, in their order. */
  records(cut: string): Promise<readonly Float32Array[]> {
    const known = this.#records.get(cut) ?? this.#carriedRecords(cut);
    this.#records.set(cut, known);
    return known;
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#whole.dispose(), this.#tail.dispose()]);
  }

  async #carriedRecords(cut: string): Promise<readonly Float32Array[]> {
    if (cut === this.bank.cut) return Array.from(this.bank.labels, (_, record) => latentAt(this.bank, record));
    if (cut === this.model.spec.embedding) return (await this.saidOfRecords()).embeddings;
    return await this.carried(await this.records(this.bank.cut), cut);
  }
}
