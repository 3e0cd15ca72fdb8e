/** What the device has learned by itself: its corrections as embeddings of the live model, and the head that follows. */
import type { AdaptOptions, AdaptedHead, BaseHead } from '../../protocol/learning/heads/adapted-head.ts';
import { adaptHead } from '../../protocol/learning/heads/adapted-head.ts';
import type { ExampleRecord } from '../storage/database.ts';

/** A correction as the live model sees it. */
export type Embedded = { readonly record: ExampleRecord; readonly embedding: Float32Array };

export class FastLearning {
  readonly #base: BaseHead;
  readonly #options: AdaptOptions;
  #embedded: readonly Embedded[];
  /** Frames that were asked about. */
  readonly #asked: Float32Array[] = [];
  #head: AdaptedHead | undefined;

  constructor(base: BaseHead, options: AdaptOptions, embedded: readonly Embedded[]) {
    this.#base = base;
    this.#options = options;
    this.#embedded = embedded;
    this.#refit();
  }

  /** The head that knows the corrections; undefined while there are none. */
  get head(): AdaptedHead | undefined {
    return this.#head;
  }

  learn(embedded: readonly Embedded[]): void {
    this.#embedded = [...this.#embedded, ...embedded];
    this.#refit();
  }

  forget(events: ReadonlySet<string>): void {
    this.#embedded = this.#embedded.filter(({ record }) => !events.has(record.event));
    this.#refit();
  }

  remember(embedding: Float32Array): void {
    this.#asked.push(embedding);
    if (this.#asked.length > maxAsked) this.#asked.shift();
  }

  /** Cosine to the nearest correction or question, -1 to 1; -1 when there is none. */
  nearest(embedding: Float32Array): number {
    const known = [...this.#embedded.map((one) => one.embedding), ...this.#asked];
    return known.reduce((best, other) => Math.max(best, cosine(embedding, other)), -1);
  }

  #refit(): void {
    const examples = this.#embedded
      .slice(-maxExamples)
      .map(({ record, embedding }) => ({ embedding, label: record.label }));
    this.#head = examples.length > 0 ? adaptHead(this.#base, examples, this.#options) : undefined;
  }
}

const maxAsked = 64;

/** The newest so many make the head: a fit has to take milliseconds. */
const maxExamples = 200;

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
