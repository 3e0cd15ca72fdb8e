/** The recent frames that a question may be about, as the live model sees them, and the choice among them. */
import { mostTelling, recentKept } from '../../protocol/learning/hardness/most-telling.ts';
import { direction } from '../../protocol/learning/heads/direction.ts';
import { dot } from '../../protocol/learning/heads/linear-algebra.ts';
import type { Asked, Captured } from './api.ts';
import type { Answers } from './live-model.ts';

type Looked = {
  /** `[d]`. */
  readonly embedding: Float32Array;
  readonly direction: Float64Array;
  readonly captured: Captured;
};

/** Frames nearer than this to one that is kept are the same again. */
const sameCosine = 0.9;

/** So that what was asked about long ago does not fill the memory. */
const maxAsked = 200;

export class Lookout {
  readonly #mean: Float32Array;
  #recent: readonly Looked[] = [];
  #asked: readonly Float64Array[];

  /** `mean`, `[d]`: the model's `meanEmbedding`; `asked`, `[d]` each: of what was asked about before. */
  constructor(mean: Float32Array, asked: readonly Float32Array[]) {
    this.#mean = mean;
    this.#asked = asked.map((embedding) => direction(embedding, mean));
  }

  /** Whether it has nothing like this frame yet. */
  isNew(embedding: Float32Array): boolean {
    const own = direction(embedding, this.#mean);
    return this.#recent.every((other) => dot(own, other.direction) < sameCosine);
  }

  add(embedding: Float32Array, captured: Captured): void {
    const looked = { embedding, direction: direction(embedding, this.#mean), captured };
    this.#recent = [...this.#recent, looked].slice(-recentKept);
  }

  /** Takes out the frame that would teach most, and remembers it as asked; null when none is worth a question. */
  async take(labelled: readonly Float32Array[], judge: (embedding: Float32Array) => Answers): Promise<Asked | null> {
    const recent = this.#recent;
    const answersAt = (place: number): Answers => judge(recent[place]?.embedding ?? this.#mean);
    const best = await mostTelling({
      recent: recent.map((looked) => looked.direction),
      settled: [...labelled.map((embedding) => direction(embedding, this.#mean)), ...this.#asked],
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
