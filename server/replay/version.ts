/** One version of the model on a replay's pictures. */
import type { Seen } from '../../protocol/learning/glances.ts';
import { glanceCount, seenBy } from '../../protocol/learning/glances.ts';
import type { BaseHead } from '../../protocol/learning/heads/base-head.ts';
import { headOf } from '../../protocol/learning/heads/base-head.ts';
import type { Model } from '../../protocol/learning/model-file.ts';
import { tailSpec, weightsOf } from '../../protocol/learning/tail.ts';
import { latentAt, recordsOf } from '../models/latent-bank.ts';
import { createInference, outputsOf } from '../training/inference.ts';
import type { Trainer } from '../training/trainer.ts';
import type { Material } from './material.ts';

/** A held-back picture of a base class. */
export type BaseRecord = { readonly embedding: Float32Array; /** Key of its label. */ readonly label: string };

export class Version {
  readonly model: Model;
  readonly head: BaseHead;
  readonly #material: Material;
  readonly #tail: Trainer;
  /** By picture. */
  readonly #seen = new Map<number, Seen>();
  #records: Promise<readonly BaseRecord[]> | undefined;

  private constructor(model: Model, material: Material, tail: Trainer) {
    this.model = model;
    this.head = headOf(model);
    this.#material = material;
    this.#tail = tail;
  }

  /** `model`: up to the cut of the backbone's bank it is the backbone. The caller disposes the version. */
  static async of(model: Model, material: Material): Promise<Version> {
    const tail = tailSpec(model.spec, material.backbone.bank.cut);
    return new Version(model, material, await createInference(tail, weightsOf(tail, model.weights), material.threads));
  }

  /** Each picture, with all glances. */
  async seen(pictures: readonly number[]): Promise<readonly Seen[]> {
    const missing = [...new Set(pictures)].filter((picture) => !this.#seen.has(picture));
    const embeddings = await this.#embedded(missing.flatMap((picture) => this.#material.latents[picture] ?? []));
    missing.forEach((picture, i) => {
      this.#seen.set(picture, seenBy(embeddings.slice(i * glanceCount, (i + 1) * glanceCount)));
    });
    return pictures.map((picture) => this.#seen.get(picture) ?? seenBy([]));
  }

  /** `[d]`, of each whole picture: what other tools see of it. */
  async embeddings(pictures: readonly number[]): Promise<readonly Float32Array[]> {
    return (await this.seen(pictures)).map(({ whole }) => whole);
  }

  /** The held-back records of the backbone's bank; none when it was taught no label. */
  baseRecords(): Promise<readonly BaseRecord[]> {
    return (this.#records ??= this.#baseRecords());
  }

  async dispose(): Promise<void> {
    await this.#tail.dispose();
  }

  async #baseRecords(): Promise<readonly BaseRecord[]> {
    const { bank, model } = this.#material.backbone;
    const records = recordsOf(bank, 'gate');
    const embeddings = await this.#embedded(records.map((record) => latentAt(bank, record)));
    return records.map((record, i) => ({
      embedding: embeddings[i] ?? new Float32Array(),
      label: model.labels[bank.labels[record] ?? 0]?.key ?? '',
    }));
  }

  #embedded(latents: readonly Float32Array[]): Promise<readonly Float32Array[]> {
    return outputsOf(this.#tail, latents, this.model.spec.embedding);
  }
}
