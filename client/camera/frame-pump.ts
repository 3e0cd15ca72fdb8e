/** Brings the newest picture to the worker, one at a time: a slot of one, never a queue. */
import type { Frame, Prediction } from '../recognition/api.ts';
import { cropSide } from '../recognition/api.ts';
import type { Picture } from './frame-source.ts';
import type { Square } from './guide.ts';

export type PumpParts = {
  /** What to look at now; undefined to pause. */
  readonly look: () => { readonly picture: Picture; readonly square: Square } | undefined;
  readonly recognise: (frame: Frame) => Promise<Prediction | null>;
  readonly onPrediction: (prediction: Prediction) => void;
};

export class FramePump {
  readonly #parts: PumpParts;
  readonly #crop = new CropCanvas();
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

  /** Recognises this very picture, now, whatever the loop does. Null while no model is live. */
  recogniseOnce(picture: Picture, square: Square): Promise<Prediction | null> {
    return this.#parts.recognise({ id: this.#nextId++, rgba: this.#crop.read(picture, square) });
  }

  readonly #tick = (): void => {
    this.#scheduled = requestAnimationFrame(this.#tick);
    const looking = this.#parts.look();
    if (!looking || this.#busy) return;
    this.#busy = true;
    this.recogniseOnce(looking.picture, looking.square)
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

/** Draws the square small before anything is read back: reading the whole frame would cost 79 ms instead of 1. */
class CropCanvas {
  readonly #context: CanvasRenderingContext2D;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = cropSide;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser has no 2D canvas.');
    context.imageSmoothingQuality = 'high';
    this.#context = context;
  }

  read(picture: Picture, { x, y, side }: Square): Uint8ClampedArray<ArrayBuffer> {
    this.#context.drawImage(picture, x, y, side, side, 0, 0, cropSide, cropSide);
    return this.#context.getImageData(0, 0, cropSide, cropSide).data;
  }
}
