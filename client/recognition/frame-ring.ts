/** The last frames with what was found in them, so that a person can correct one that has just gone by. */
import type { Seen } from '../../protocol/learning/glances.ts';
import type { Crop, Prediction } from './api.ts';

export type SeenFrame = { readonly crop: Crop; readonly seen: Seen; readonly prediction: Prediction };

export class FrameRing {
  readonly #capacity: number;
  readonly #frames = new Map<number, SeenFrame>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(seen: SeenFrame): void {
    this.#frames.set(seen.prediction.frame, seen);
    const [oldest] = this.#frames.keys();
    if (this.#frames.size > this.#capacity && oldest !== undefined) this.#frames.delete(oldest);
  }

  get newest(): SeenFrame | undefined {
    return [...this.#frames.values()].at(-1);
  }

  get(id: number): SeenFrame | undefined {
    return this.#frames.get(id);
  }
}
