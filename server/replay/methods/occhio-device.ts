/** A device without its hub: the fast learner of the app, as the app uses it. */
import { glanceCount, seenOnce } from '../../../protocol/learning/glances.ts';
import { adaptHead } from '../../../protocol/learning/heads/adapted-head.ts';
import type { AdaptedHead } from '../../../protocol/learning/heads/adapted-head.ts';
import { doubtsOf, leastDoubtAfter } from '../../../protocol/learning/heads/doubtful.ts';
import type { Example } from '../../../protocol/learning/heads/examples.ts';
import { newest } from '../../../protocol/learning/heads/examples.ts';
import { argMax, softmax, topK } from '../../../protocol/learning/metrics.ts';
import type { BackgroundRound, Correction, Guess, Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import type { Version } from '../version.ts';

/** A correction, or an answer that was left uncorrected. `askedAgain`: the person has looked at it twice. */
type Lesson = Correction & { readonly unsaid: boolean; readonly askedAgain: boolean };

export class Device implements Learner {
  readonly updates: number[] = [];
  readonly rounds: readonly BackgroundRound[] = [];
  readonly #course: Course;
  #version: Version;
  #lessons: readonly Lesson[] = [];
  /** Of every second look, whether the label was wrong. */
  readonly #changed: boolean[] = [];
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
        known: this.#head.recognises(seen, this.#head.labels[best] ?? '') ?? first >= threshold,
        probabilities: [first, second],
        strangeness: this.#head.strangeness(seen),
      };
    });
  }

  async correct(correction: Correction): Promise<void> {
    this.#lessons = [...this.#lessons, { ...correction, unsaid: false, askedAgain: false }];
    const examples = await this.#embedded(this.#lessons);
    const beganMs = performance.now();
    this.#head = this.#headOf(examples);
    const { secondsPerGlance } = this.#course.material;
    this.updates.push((performance.now() - beganMs) / 1000 + glanceCount * secondsPerGlance);
  }

  async leave(answer: Correction): Promise<void> {
    const [seen] = await this.#version.seen([answer.picture]);
    if (!seen || !this.#head.isNews(seen, this.#course.keyOf(answer.label))) return;
    this.#lessons = [...this.#lessons, { ...answer, unsaid: true, askedAgain: false }];
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

  async doubts(): Promise<readonly number[]> {
    const made = newest(await this.#embedded(this.#lessons));
    const corrections = this.#lessons.filter(({ unsaid }) => !unsaid);
    const least = leastDoubtAfter(this.#changed);
    return doubtsOf(made, this.#version.model.meanEmbedding, least).flatMap(({ place }) => {
      const lesson = made[place]?.lesson;
      return lesson && !lesson.askedAgain ? [corrections.indexOf(lesson)] : [];
    });
  }

  async answerAgain(place: number, label: number): Promise<void> {
    const lesson = this.#lessons.filter(({ unsaid }) => !unsaid)[place];
    this.#changed.push(lesson?.label !== label);
    this.#lessons = this.#lessons.map((one) => (one === lesson ? { ...one, label, askedAgain: true } : one));
    this.#head = this.#headOf(await this.#embedded(this.#lessons));
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

  async #embedded(lessons: readonly Lesson[]): Promise<readonly (Example & { readonly lesson: Lesson })[]> {
    const seen = await this.#version.seen(lessons.map(({ picture }) => picture));
    return seen.flatMap(({ averaged }, i) => {
      const lesson = lessons[i];
      return lesson ? [{ averaged, label: this.#course.keyOf(lesson.label), unsaid: lesson.unsaid, lesson }] : [];
    });
  }
}

export function occhioDevice(course: Course): Learner {
  return new Device(course);
}
