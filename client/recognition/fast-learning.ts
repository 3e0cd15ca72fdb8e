/** What the device has learned by itself: its examples as embeddings of the live model, and the head that follows. */
import type { AdaptOptions, AdaptedHead } from '../../protocol/learning/heads/adapted-head.ts';
import { adaptHead } from '../../protocol/learning/heads/adapted-head.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import type { BaseHead } from '../../protocol/learning/heads/base-head.ts';
import { KeptProducts } from '../../protocol/learning/heads/kept-products.ts';
import { mostUnsaid, newest } from '../../protocol/learning/heads/examples.ts';
import type { ExampleRecord } from '../storage/database.ts';

/** An example as the live model sees it. */
export type Embedded<T = ExampleRecord> = { readonly record: T; readonly seen: Seen };

export class FastLearning {
  readonly #base: BaseHead;
  readonly #options: AdaptOptions;
  #embedded: readonly Embedded[];
  #head: AdaptedHead | undefined;

  constructor(base: BaseHead, options: AdaptOptions, embedded: readonly Embedded[]) {
    this.#base = base;
    this.#options = { ...options, products: new KeptProducts() };
    this.#embedded = embedded;
    this.#refit();
  }

  /** The head that knows the examples; undefined while there are none. */
  get head(): AdaptedHead | undefined {
    return this.#head;
  }

  /** Oldest first. */
  get learned(): readonly Embedded[] {
    return this.#embedded;
  }

  /** The events of what nobody said and is not worth keeping: nobody says its label any more, or there is more, newer. */
  get spent(): readonly string[] {
    const records = this.#embedded.map(({ record }) => record);
    const said = new Set(records.flatMap(({ unsaid, label }) => (unsaid ? [] : [label])));
    const unsaid = records.filter((record) => record.unsaid);
    const founded = unsaid.filter(({ label }) => said.has(label));
    const kept = new Set(founded.slice(-mostUnsaid));
    return unsaid.filter((record) => !kept.has(record)).map(({ event }) => event);
  }

  /** An example with the same event replaces the earlier. */
  learn(embedded: readonly Embedded[]): void {
    const events = new Set(embedded.map(({ record }) => record.event));
    this.#embedded = [...this.#embedded.filter(({ record }) => !events.has(record.event)), ...embedded];
    this.#refit();
  }

  forget(events: ReadonlySet<string>): void {
    this.#embedded = this.#embedded.filter(({ record }) => !events.has(record.event));
    this.#refit();
  }

  /** A person stands by the label of an example, as its record now says. */
  confirm(record: ExampleRecord): void {
    this.#embedded = this.#embedded.map((one) => (one.record.event === record.event ? { ...one, record } : one));
  }

  #refit(): void {
    const examples = this.#embedded.map(({ record, seen }) => ({
      averaged: seen.averaged,
      label: record.label,
      unsaid: record.unsaid ?? false,
    }));
    this.#head = examples.length > 0 ? adaptHead(this.#base, newest(examples), this.#options) : undefined;
  }
}
