/** How a round's training goes, in few enough points to be kept with its version. */
import { maxCurvePoints } from '../../protocol/limits.ts';
import type { Figures } from '../../protocol/messages/history.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';

type Point = Figures['curve'][number];
type Training = Extract<TrainStatus['status'], { kind: 'training' }>;

/** Keeps every nth step, with n doubled whenever there are too many points; and the last. */
export class RoundCurve {
  #points: readonly Point[] = [];
  #last: Point | undefined;
  #every = 1;

  /** A round that begins again, deeper or on another engine, begins its curve again. */
  add({ step, loss, accuracy, held, waiting }: Training): void {
    if (this.#last && step <= this.#last.step) {
      this.#points = [];
      this.#every = 1;
    }
    this.#last = { step, loss, accuracy, held, waiting };
    if ((step - 1) % this.#every === 0) this.#points = [...this.#points, this.#last];
    if (this.#points.length < maxCurvePoints) return;
    this.#every *= 2;
    this.#points = this.#points.filter((point) => (point.step - 1) % this.#every === 0);
  }

  /** At most `maxCurvePoints`. */
  points(): Figures['curve'] {
    const ends = this.#points.at(-1) === this.#last || !this.#last;
    return [...this.#points, ...(ends ? [] : [this.#last])].flatMap((point) => point ?? []);
  }
}
