/** One mutable value with one owner; everyone else reads it and is told when it changes. */

export interface Readable<T> {
  peek(): T;
  /** Calls `listener` after every change until the returned function is called. Not called at once. */
  subscribe(listener: (value: T) => void): () => void;
}

/** The owner's side: keep it `#private` and hand it out as a `Readable`. */
export class Cell<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  peek(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
