/** The recent frames that a question may be about, as the live model sees them, and the choice among them. */
import { mostTelling, recentKept } from '../../protocol/learning/hardness/most-telling.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import { seenOnce } from '../../protocol/learning/glances.ts';
import { direction } from '../../protocol/learning/heads/direction.ts';
import { dot } from '../../protocol/learning/heads/linear-algebra.ts';
import { answeredBy, sameCosine } from './answered-among.ts';
import type { Asked, Captured } from './api.ts';
import type { Embedded } from './fast-learning.ts';
import type { Answers } from './live-model.ts';

type Looked = {
  readonly seen: Seen;
  readonly direction: Float64Array;
  readonly captured: Captured;
};

/** So that what was asked about long ago does not fill the memory. */
const maxAsked = 200;

export class Lookout {
  readonly #mean: Float32Array;
  #recent: readonly Looked[] = [];
  #asked: readonly Float64Array[];

  /** `mean`, `[d]`: the model's `meanEmbedding`; `asked`: what was asked about before. */
  constructor(mean: Float32Array, asked: readonly Seen[]) {
    this.#mean = mean;
    this.#asked = asked.map(({ averaged }) => direction(averaged, mean));
  }

  /** Whether it has nothing like this frame yet. */
  isNew({ averaged }: Seen): boolean {
    const own = direction(averaged, this.#mean);
    return this.#recent.every((other) => dot(own, other.direction) < sameCosine);
  }

  add(seen: Seen, captured: Captured): void {
    const looked = { seen, direction: direction(seen.averaged, this.#mean), captured };
    this.#recent = [...this.#recent, looked].slice(-recentKept);
  }

  /**
   * Takes out the frame that would teach most, and remembers it as asked; null when none is worth a question. What a person has
   * said already, of nearly the same picture, is not, however unsure of it the device is.
   */
  async take(learned: readonly Embedded[], judge: (seen: Seen) => Answers): Promise<Asked | null> {
    const isAnswered = answeredBy(learned, this.#mean);
    const recent = this.#recent.filter(({ seen }) => !isAnswered(seen));
    this.#recent = recent;
    const answersAt = (place: number): Answers => judge(recent[place]?.seen ?? seenOnce(this.#mean));
    const best = await mostTelling({
      recent: recent.map((looked) => looked.direction),
      settled: [...learned.map(({ seen }) => direction(seen.averaged, this.#mean)), ...this.#asked],
      judge(place) {
        const { answers, known } = answersAt(place);
        return Promise.resolve({ known, probabilities: answers.map(({ probability }) => probability) });
      },
    });
    const looked = best && recent[best.place];
    if (!looked) return null;
    this.#recent = this.#recent.filter((other) => other !== looked);
    this.#asked = [...this.#asked, looked.direction].slice(-maxAsked);
    return { captured: looked.captured, answers: answersAt(best.place).answers, reason: best.reason };
  }
}
