/** One version of the model on a replay's pictures. */
import type { BaseHead } from '../../protocol/learning/heads/adapted-head.ts';
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
  readonly #embeddings = new Map<number, Float32Array>();
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

  /** `[d]` for each picture. */
  async embeddings(pictures: readonly number[]): Promise<readonly Float32Array[]> {
    const missing = [...new Set(pictures)].filter((picture) => !this.#embeddings.has(picture));
    const made = await this.#embedded(missing.map((picture) => this.#material.latents[picture] ?? new Float32Array()));
    missing.forEach((picture, i) => this.#embeddings.set(picture, made[i] ?? new Float32Array()));
    return pictures.map((picture) => this.#embeddings.get(picture) ?? new Float32Array());
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

function headOf({ spec, weights, labels }: Model): BaseHead {
  const [kernel, bias] = ['kernel', 'bias'].map((role) => weights.get(`${spec.head}/${role}`)?.values);
  if (!kernel || !bias) throw new Error('The head has no weights.');
  return { kernel, bias, labels: labels.map(({ key }) => key) };
}
