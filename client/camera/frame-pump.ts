/** Brings the newest picture to the worker, one at a time: a slot of one, never a queue. */
import type { Frame, Prediction } from '../recognition/api.ts';
import { takeFrame } from './take-frame.ts';
import type { View } from './viewfinder.ts';

export type PumpParts = {
  /** What to look at now; undefined to pause. */
  readonly look: () => View | undefined;
  readonly recognise: (frame: Frame) => Promise<Prediction | null>;
  readonly onPrediction: (prediction: Prediction) => void;
};

export class FramePump {
  readonly #parts: PumpParts;
  #nextId = 1;
  #scheduled: number | undefined;
  #busy = false;

  constructor(parts: PumpParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#scheduled ??= requestAnimationFrame(this.#tick);
  }

  stop(): void {
    if (this.#scheduled !== undefined) cancelAnimationFrame(this.#scheduled);
    this.#scheduled = undefined;
  }

  /** Recognises this very picture, now, whatever the loop does. Null while no model is live or no frame comes. */
  async recogniseOnce(view: View): Promise<Prediction | null> {
    const taken = await takeFrame(view);
    if (!taken) return null;
    const { picture, square, atMs } = taken;
    const prediction = await this.#parts.recognise({ id: this.#nextId++, picture, square });
    return prediction && { ...prediction, ms: performance.now() - atMs };
  }

  readonly #tick = (): void => {
    this.#scheduled = requestAnimationFrame(this.#tick);
    const looking = this.#parts.look();
    if (!looking || this.#busy) return;
    this.#busy = true;
    this.recogniseOnce(looking)
      .then((prediction) => {
        // What was looked at may have gone meanwhile (frozen, or another source): then its answer is of no use.
        const isStillLookedAt = this.#parts.look()?.picture === looking.picture;
        if (prediction && isStillLookedAt) this.#parts.onPrediction(prediction);
      })
      .catch(() => {
        // The worker says in `show` what is wrong with it; a single lost frame is followed by the next.
      })
      .finally(() => {
        this.#busy = false;
      });
  };
}
