/** A device without its hub: the fast learner of the app, as the app uses it. */
import { adaptHead } from '../../../protocol/learning/heads/adapted-head.ts';
import type { AdaptedHead, Example } from '../../../protocol/learning/heads/adapted-head.ts';
import { argMax, softmax, topK } from '../../../protocol/learning/metrics.ts';
import type { BackgroundRound, Correction, Guess, Learner } from '../learner.ts';
import type { Course } from '../methods.ts';
import type { Version } from '../version.ts';

/** The newest so many corrections make the head, as in the app. */
const maxExamples = 200;

export class Device implements Learner {
  readonly updates: number[] = [];
  readonly rounds: readonly BackgroundRound[] = [];
  readonly #course: Course;
  #version: Version;
  /** What the live version does not know by itself. */
  #examples: readonly Correction[] = [];
  readonly #corrections: Correction[] = [];
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
    return (await this.#version.embeddings(pictures)).map((embedding) => {
      const probabilities = softmax(this.#head.logits(embedding), temperature);
      const [best = 0, next = 0] = topK(probabilities, 2);
      const [first = 0, second = 0] = [probabilities[best], probabilities[next]];
      return {
        label: this.#course.classOf(this.#head.labels[best] ?? ''),
        known: first >= threshold,
        probabilities: [first, second],
        strangeness: 1 - first,
      };
    });
  }

  async correct(correction: Correction): Promise<void> {
    this.#corrections.push(correction);
    this.#examples = [...this.#examples, correction];
    const examples = await this.#embedded(this.#examples);
    const beganMs = performance.now();
    this.#head = this.#headOf(examples);
    this.updates.push((performance.now() - beganMs) / 1000 + this.#course.material.secondsPerPicture);
  }

  /** Puts `version` in the place of the live one. Corrections that it knows by itself retire. */
  async rebase(version: Version): Promise<void> {
    this.#version = version;
    this.#examples = await this.#unknownOf(this.#examples);
    this.#head = this.#headOf(await this.#embedded(this.#examples));
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async baseAccuracy(): Promise<number | null> {
    const records = await this.#version.baseRecords();
    if (records.length === 0) return null;
    const right = records.filter(
      ({ embedding, label }) => this.#head.labels[argMax(this.#head.logits(embedding))] === label,
    );
    return right.length / records.length;
  }

  /** By the margin with which all other corrections get each one right: the smaller, the more suspect. */
  async suspects(): Promise<readonly number[]> {
    const examples = await this.#embedded(this.#corrections);
    const margins = examples.map(({ embedding, label }, i) => {
      const head = this.#headOf(examples.filter((_, other) => other !== i));
      const logits = head.logits(embedding);
      const own = head.labels.indexOf(label ?? '');
      const rivals = logits.filter((_, place) => place !== own);
      return (logits[own] ?? -Infinity) - rivals.reduce((a, b) => Math.max(a, b), -Infinity);
    });
    return [...margins.keys()].sort((a, b) => (margins[a] ?? 0) - (margins[b] ?? 0));
  }

  async dispose(): Promise<void> {
    // The base version belongs to the replay.
    if (this.#version !== this.#course.base) await this.#version.dispose();
  }

  #headOf(examples: readonly Example[]): AdaptedHead {
    const { head, model } = this.#version;
    return adaptHead(head, examples.slice(-maxExamples), { mean: model.meanEmbedding });
  }

  async #embedded(corrections: readonly Correction[]): Promise<readonly Example[]> {
    const embeddings = await this.#version.embeddings(corrections.map(({ picture }) => picture));
    return corrections.map(({ label }, i) => ({
      embedding: embeddings[i] ?? new Float32Array(),
      label: this.#course.keyOf(label),
    }));
  }

  async #unknownOf(corrections: readonly Correction[]): Promise<readonly Correction[]> {
    const { temperature, threshold } = this.#version.model;
    const alone = this.#headOf([]);
    const examples = await this.#embedded(corrections);
    return corrections.filter((_, i) => {
      const { embedding, label } = examples[i] ?? { embedding: new Float32Array(), label: null };
      const probabilities = softmax(alone.logits(embedding), temperature);
      const best = argMax(probabilities);
      return alone.labels[best] !== label || (probabilities[best] ?? 0) < threshold;
    });
  }
}

export function occhioDevice(course: Course): Learner {
  return new Device(course);
}
