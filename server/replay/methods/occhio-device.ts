/** A device without its hub: the fast learner of the app, as the app uses it. */
import { adaptHead } from '../../../protocol/learning/heads/adapted-head.ts';
import type { AdaptedHead, Example } from '../../../protocol/learning/heads/adapted-head.ts';
import { supportOf } from '../../../protocol/learning/heads/doubtful.ts';
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
    const examples = await this.#embedded(this.#corrections);
    const beganMs = performance.now();
    this.#head = this.#headOf(examples);
    this.updates.push((performance.now() - beganMs) / 1000 + this.#course.material.secondsPerPicture);
  }

  /** Puts `version` in the place of the live one. Corrections stay. */
  async rebase(version: Version): Promise<void> {
    this.#version = version;
    this.#head = this.#headOf(await this.#embedded(this.#corrections));
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

  /** The less the others speak for a label, the more suspect. */
  async suspects(): Promise<readonly number[]> {
    const support = supportOf(await this.#embedded(this.#corrections), this.#version.model.meanEmbedding);
    return [...support.keys()].sort((a, b) => (support[a] ?? 0) - (support[b] ?? 0));
  }

  async dispose(): Promise<void> {
    // The base version belongs to the replay.
    if (this.#version !== this.#course.base) await this.#version.dispose();
  }

  #headOf(examples: readonly Example[]): AdaptedHead {
    const { head, model } = this.#version;
    const { meanEmbedding: mean, temperature } = model;
    return adaptHead(head, examples.slice(-maxExamples), { mean, temperature });
  }

  async #embedded(corrections: readonly Correction[]): Promise<readonly Example[]> {
    const embeddings = await this.#version.embeddings(corrections.map(({ picture }) => picture));
    return corrections.map(({ label }, i) => ({
      embedding: embeddings[i] ?? new Float32Array(),
      label: this.#course.keyOf(label),
    }));
  }
}

export function occhioDevice(course: Course): Learner {
  return new Device(course);
}
