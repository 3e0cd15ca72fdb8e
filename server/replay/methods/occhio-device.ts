/** A device without its hub: the fast learner of the app, as the app uses it. */
import { glanceCount, seenOnce } from '../../../protocol/learning/glances.ts';
import { adaptHead } from '../../../protocol/learning/heads/adapted-head.ts';
import type { AdaptedHead } from '../../../protocol/learning/heads/adapted-head.ts';
import { supportOf } from '../../../protocol/learning/heads/doubtful.ts';
import type { Example } from '../../../protocol/learning/heads/examples.ts';
import { newest } from '../../../protocol/learning/heads/examples.ts';
import { argMax, softmax, topK } from '../../../protocol/learning/metrics.ts';
import type { BackgroundRound, Correction, Guess, Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import type { Version } from '../version.ts';

/** A correction, or an answer that was left uncorrected. */
type Lesson = Correction & { readonly unsaid: boolean };

export class Device implements Learner {
  readonly updates: number[] = [];
  readonly rounds: readonly BackgroundRound[] = [];
  readonly #course: Course;
  #version: Version;
  readonly #lessons: Lesson[] = [];
  #head: AdaptedHead;

  constructor(course: Course) {
    this.#course = course;
    this.#version = course.base;
    this.#head = this.#headOf([]);
  }

  get version(): Version {
    return this.#version;
  }

  async guess(pictures: readonly number[]): Promise<readonly Guess[]> {
    const { temperature, threshold } = this.#version.model;
    return (await this.#version.seen(pictures)).map((seen) => {
      const probabilities = softmax(this.#head.logits(seen), temperature);
      const [best = 0, next = 0] = topK(probabilities, 2);
      const [first = 0, second = 0] = [probabilities[best], probabilities[next]];
      return {
        label: this.#course.classOf(this.#head.labels[best] ?? ''),
        known: first >= threshold && !this.#head.isTooStrange(seen, this.#head.labels[best] ?? ''),
        probabilities: [first, second],
        strangeness: this.#head.strangeness(seen),
      };
    });
  }

  async correct(correction: Correction): Promise<void> {
    this.#lessons.push({ ...correction, unsaid: false });
    const examples = await this.#embedded(this.#lessons);
    const beganMs = performance.now();
    this.#head = this.#headOf(examples);
    const { secondsPerGlance } = this.#course.material;
    this.updates.push((performance.now() - beganMs) / 1000 + glanceCount * secondsPerGlance);
  }

  async leave(answer: Correction): Promise<void> {
    const [seen] = await this.#version.seen([answer.picture]);
    if (!seen || !this.#head.isNews(seen, this.#course.keyOf(answer.label))) return;
    this.#lessons.push({ ...answer, unsaid: true });
    this.#head = this.#headOf(await this.#embedded(this.#lessons));
  }

  /** Puts `version` in the place of the live one. Lessons stay. */
  async rebase(version: Version): Promise<void> {
    this.#version = version;
    this.#head = this.#headOf(await this.#embedded(this.#lessons));
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async baseAccuracy(): Promise<number | null> {
    const records = await this.#version.baseRecords();
    if (records.length === 0) return null;
    const right = records.filter(
      ({ embedding, label }) => this.#head.labels[argMax(this.#head.logits(seenOnce(embedding)))] === label,
    );
    return right.length / records.length;
  }

  /** The less the others speak for a label, the more suspect. */
  async suspects(): Promise<readonly number[]> {
    const support = supportOf(await this.#embedded(this.#lessons), this.#version.model.meanEmbedding);
    const said = [...support].filter((_, i) => !this.#lessons[i]?.unsaid);
    return [...said.keys()].sort((a, b) => (said[a] ?? 0) - (said[b] ?? 0));
  }

  async dispose(): Promise<void> {
    // The base version belongs to the replay.
    if (this.#version !== this.#course.base) await this.#version.dispose();
  }

  #headOf(examples: readonly Example[]): AdaptedHead {
    const { head, model } = this.#version;
    const { meanEmbedding: mean, temperature } = model;
    return adaptHead(head, newest(examples), { mean, temperature });
  }

  async #embedded(lessons: readonly Lesson[]): Promise<readonly Example[]> {
    const seen = await this.#version.seen(lessons.map(({ picture }) => picture));
    return seen.flatMap(({ averaged }, i) => {
      const lesson = lessons[i];
      return lesson ? [{ averaged, label: this.#course.keyOf(lesson.label), unsaid: lesson.unsaid }] : [];
    });
  }
}

export function occhioDevice(course: Course): Learner {
  return new Device(course);
}
