/** A device with its hub: the fast learner at once, and rounds that train, are judged and, when they pass, replace its model. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { burstIdSchema, deviceIdSchema, sampleIdSchema } from '../../../protocol/ids.ts';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { judge } from '../../gate/gate.ts';
import { splitOf } from '../../ingest/split.ts';
import { createTrainer } from '../../training/backends.ts';
import { RoundRunner } from '../../training/round/round-runner.ts';
import type { RoundResult, RoundSample } from '../../training/round/round.ts';
import type { BackgroundRound, Correction, Guess, Learner } from '../learner.ts';
import { cropOf } from '../material.ts';
import type { Course } from '../methods.ts';
import { Version } from '../version.ts';
import { Device } from './occhio-device.ts';

/** A person makes about so many corrections in the ten seconds after which the hub waits no longer. */
const correctionsPerRound = 10;
/** The hub's default, and its seed. */
const budgetMs = 8_000;
const seed = 1;

class DeviceWithHub implements Learner {
  readonly rounds: BackgroundRound[] = [];
  readonly #course: Course;
  readonly #device: Device;
  readonly #runner = new RoundRunner({ createTrainer, now: () => performance.now() });
  #incumbent: Uint8Array;
  #samples: readonly RoundSample[] = [];
  #pending = 0;

  constructor(course: Course) {
    this.#course = course;
    this.#device = new Device(course);
    this.#incumbent = course.material.backbone.file;
  }

  get updates(): readonly number[] {
    return this.#device.updates;
  }

  guess(pictures: readonly number[]): Promise<readonly Guess[]> {
    return this.#device.guess(pictures);
  }

  async correct(correction: Correction): Promise<void> {
    await this.#device.correct(correction);
    this.#samples = [...this.#samples, await this.#sampleOf(correction)];
    this.#pending++;
    if (this.#pending >= correctionsPerRound) await this.settle();
  }

  leave(answer: Correction): Promise<void> {
    return this.#device.leave(answer);
  }

  async settle(): Promise<void> {
    if (this.#pending === 0) return;
    this.#pending = 0;
    const { material } = this.#course;
    const beganMs = performance.now();
    const result = await this.#runner.run(
      {
        base: material.backbone.file,
        latentsPath: material.backbone.latentsPath,
        incumbent: this.#incumbent,
        samples: this.#samples,
        backend: 'wasm',
        threads: material.threads,
        seed,
        budgetMs,
      },
      () => undefined,
    );
    const seconds = (performance.now() - beganMs) / 1000;
    const made = new Map(result.views.map(({ sample, views }) => [sample, views]));
    this.#samples = this.#samples.map((sample) => ({ ...sample, views: made.get(sample.id) ?? sample.views }));
    const refused = this.#verdictOn(result) === 'refused';
    this.rounds.push({ seconds, refused });
    if (!refused) await this.#promote(result.model);
  }

  baseAccuracy(): Promise<number | null> {
    return this.#device.baseAccuracy();
  }

  doubts(): Promise<readonly number[]> {
    return this.#device.doubts();
  }

  async answerAgain(place: number, label: number): Promise<void> {
    await this.#device.answerAgain(place, label);
    const key = this.#course.keyOf(label);
    const isNew = this.#samples[place]?.label !== key;
    this.#samples = this.#samples.map((sample, i) => (i === place ? { ...sample, label: key } : sample));
    if (isNew) this.#pending++;
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#device.dispose(), this.#runner.dispose()]);
  }

  #verdictOn({ answers, model }: RoundResult): ReturnType<typeof judge>['verdict'] {
    const known = new Set(decodeModel(this.#incumbent).labels.map(({ key }) => key));
    const added = decodeModel(model).labels.flatMap(({ key }) => (known.has(key) ? [] : [key]));
    return judge(answers, added).verdict;
  }

  async #promote(file: Uint8Array): Promise<void> {
    const { base, material } = this.#course;
    const previous = this.#device.version;
    await this.#device.rebase(await Version.of(decodeModel(file), material));
    this.#incumbent = file;
    if (previous !== base) await previous.dispose();
  }

  /** Every picture is a burst of its own; a part of them judges instead of teaching, as on a hub. */
  async #sampleOf({ picture, label }: Correction): Promise<RoundSample> {
    const { material, keyOf } = this.#course;
    const id = idOf(material.set.files[picture] ?? '');
    const key = keyOf(label);
    const trainingBursts = this.#samples.filter((other) => other.split === 'train' && other.label === key).length;
    const split = splitOf({
      device: v.parse(deviceIdSchema, idOf('device')),
      burst: v.parse(burstIdSchema, id),
      current: null,
      trainingBursts,
    });
    return {
      id: v.parse(sampleIdSchema, id),
      split,
      label: key,
      jpeg: await cropOf(material, picture),
      views: null,
    };
  }
}

export function occhio(course: Course): Learner {
  return new DeviceWithHub(course);
}

/** A UUIDv7 that follows from the text, so that the same pictures are split and augmented in the same way in every run. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
