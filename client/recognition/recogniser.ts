/**
 * Labels frames with the live model and what the device has learned on top of it. Owns the backend, the live model,
 * the recent frames and the corrections.
 */
import { memory } from '@tensorflow/tfjs-core';
import pLimit from 'p-limit';
import type { ModelHash, SampleId } from '../../protocol/ids.ts';
import { loadNetwork } from '../../protocol/learning/forward.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import { glanceInto } from '../../protocol/learning/glances.ts';
import { baseLogits, headOf } from '../../protocol/learning/heads/base-head.ts';
import type { LabelSet } from '../../protocol/learning/label-set.ts';
import { withTalkLabels } from '../../protocol/learning/label-set.ts';
import { sizeOf } from '../../protocol/learning/shapes.ts';
import { scratch } from '../../protocol/learning/scratch.ts';
import { applyDelta } from '../../protocol/learning/model-delta.ts';
import { decodeModel, hashModel } from '../../protocol/learning/model-file.ts';
import { sameBytes } from '../../protocol/same-bytes.ts';
import type { QuestionBank } from '../capture/question-bank.ts';
import type { ModelStore } from '../model/model-store.ts';
import type { BackendChoice } from '../storage/settings.ts';
import type { ExampleRecord, QuestionRecord } from '../storage/database.ts';
import { answeredAmong } from './answered-among.ts';
import type { Asked, Captured, DoubtfulExample, Frame, Prediction, Received, RecognitionApi, Shown } from './api.ts';
import { framesKept } from './api.ts';
import { backends } from './backends.ts';
import { chooseBackend } from './choose-backend.ts';
import type { CropCodec } from './crop-codec.ts';
import { doubtfulAmong } from './doubtful-among.ts';
import { embedPictures, embedUnknown, pixelsOf } from './embed-pictures.ts';
import type { ExampleBank } from './example-bank.ts';
import type { Embedded } from './fast-learning.ts';
import { FastLearning } from './fast-learning.ts';
import { FrameRing } from './frame-ring.ts';
import { Gaze } from './gaze.ts';
import type { Inside } from './inside.ts';
import type { KeptEmbeddings } from './kept-embeddings.ts';
import type { Answers, LiveModel, Naming } from './live-model.ts';
import { adaptedAnswersFrom, answersFrom } from './live-model.ts';
import { lookInside } from './look-inside.ts';
import { Lookout } from './lookout.ts';
import { readCrop } from './read-crop.ts';
import { passesSelfTest } from './self-test.ts';
import { sharpnessOf } from './sharpness.ts';
import { signatureOf } from './signature.ts';

export type RecogniserParts = {
  readonly models: ModelStore;
  readonly examples: ExampleBank;
  readonly questions: Pick<QuestionBank, 'all'>;
  readonly embeddings: KeptEmbeddings;
  readonly codec: CropCodec;
  /** Names the build: another one measures the backends again. */
  readonly build: string;
  /** Called when nothing can be computed here any more, because the backend has lost its processor. */
  readonly onLost: () => void;
};

/** A frame that was looked at closely before anything was said of it, as it is kept. */
type Studied = { readonly frame: number; readonly captured: Captured; readonly seen: Seen };

type Working = {
  readonly live: LiveModel;
  readonly learning: FastLearning;
  readonly lookout: Lookout;
  /** The questions that wait, as far as they were looked at. */
  asked: readonly Embedded<QuestionRecord>[];
  /** The newest: at most one picture is frozen. */
  studied?: Studied;
};

export class Recogniser implements RecognitionApi {
  readonly #parts: RecogniserParts;
  readonly #ring = new FrameRing(framesKept);
  readonly #gaze = new Gaze();
  readonly #input = scratch(Float32Array);
  #working: Working | undefined;
  #adapted = true;
  #labels: { readonly set: LabelSet; readonly own: readonly string[] } = { set: 'everything', own: [] };
  /** One version after the other is made ready. */
  readonly #showing = pLimit(1);
  /** Changes of the model and of what was learned happen one after the other. */
  readonly #inTurn = pLimit(1);
  /** A model is freed only between frames. */
  readonly #betweenFrames = pLimit(1);

  constructor(parts: RecogniserParts) {
    this.#parts = parts;
  }

  fetch(model: ModelHash): Promise<Received> {
    return this.#keep(model, () => this.#parts.models.fetch(model));
  }

  async patch(model: ModelHash, parent: ModelHash, delta: Uint8Array): Promise<Received> {
    const parentFile = await this.#parts.models.get(parent);
    if (!parentFile) return { kind: 'rejected', why: 'The parent of the delta is not kept here.' };
    return this.#keep(model, () => applyDelta(parentFile, delta));
  }

  show(model: ModelHash, remembered: BackendChoice | null): Promise<Shown> {
    return this.#showing(async () => {
      try {
        return await this.#show(model, remembered);
      } catch (cause) {
        return { kind: 'rejected', why: reasonOf(cause) };
      }
    });
  }

  async keepOnly(models: readonly ModelHash[]): Promise<void> {
    await this.#parts.models.keepOnly(models);
  }

  recognise(frame: Frame): Promise<Prediction | null> {
    return this.#betweenFrames(() => this.#recognise(frame));
  }

  inside(): Promise<Inside | null> {
    return this.#betweenFrames(() => this.#inside());
  }

  async capture(id: number): Promise<Captured> {
    const studied = this.#working?.studied;
    if (studied?.frame === id) return studied.captured;
    const { crop, prediction } = this.#seen(id);
    const jpeg = await this.#parts.codec.encode(crop);
    const checksum = new Uint8Array(await crypto.subtle.digest('SHA-256', jpeg));
    const [best] = prediction.answers;
    return {
      jpeg,
      checksum,
      prediction: best ? { label: best.key, probability: best.probability, model: prediction.model } : null,
    };
  }

  study(frame: number): Promise<void> {
    return this.#inTurn(async () => {
      const working = this.#working;
      if (!working) return;
      const captured = await this.capture(frame);
      const [one] = await embedPictures(working.live, this.#parts.codec, [captured]);
      if (one) working.studied = { frame, captured, seen: one.seen };
    });
  }

  learn(examples: readonly ExampleRecord[]): Promise<void> {
    return this.#inTurn(async () => {
      const stored = this.#parts.examples.add(examples);
      const working = this.#working;
      // The disk writes while the network looks.
      const embedding = working
        ? embedUnknown(working.live, this.#parts.codec, examples, studiedAmong(examples, working))
        : [];
      const [embedded] = await Promise.all([embedding, stored]);
      working?.learning.learn(embedded);
      if (working) void this.#parts.embeddings.add(working.live.hash, embedded);
      await this.#forget(working?.learning.spent ?? []);
    });
  }

  forget(events: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#forget(events);
      if (this.#working) await this.#forget(this.#working.learning.spent);
    });
  }

  async look(frame: number): Promise<void> {
    const { seen, prediction } = this.#seen(frame);
    const working = this.#working;
    if (prediction.model === working?.live.hash && working.lookout.isNew(seen))
      working.lookout.add(seen, await this.capture(frame));
  }

  async ask(): Promise<Asked | null> {
    const working = this.#working;
    if (!working) return null;
    return working.lookout.take(working.learning.learned, (seen) => this.#answersTo(working, seen));
  }

  answered(): Promise<readonly SampleId[]> {
    return this.#inTurn(async () => {
      const working = this.#working;
      if (!working) return [];
      const { live, learning } = working;
      const questions = await this.#parts.questions.all();
      const known = new Map(working.asked.map((one) => [one.record.sample, one]));
      const unknown = questions.filter(({ sample }) => !known.has(sample));
      for (const one of await embedPictures(live, this.#parts.codec, unknown)) known.set(one.record.sample, one);
      working.asked = questions.flatMap(({ sample }) => known.get(sample) ?? []);
      return answeredAmong(working.asked, learning.learned, live.model.meanEmbedding).map(({ sample }) => sample);
    });
  }

  doubts(): Promise<readonly DoubtfulExample[]> {
    if (!this.#working) return Promise.resolve([]);
    const { live, learning } = this.#working;
    return Promise.resolve(doubtfulAmong(learning.learned, live.model.meanEmbedding));
  }

  confirm(event: string, atMs: number): Promise<void> {
    return this.#inTurn(async () => {
      const { examples } = this.#parts;
      const found = (await examples.all()).find((example) => example.event === event);
      if (!found) return;
      const confirmed = { ...found, askedAgain: { changed: false, atMs } };
      await examples.add([confirmed]);
      this.#working?.learning.confirm(confirmed);
    });
  }

  useAdapted(on: boolean): void {
    this.#adapted = on;
  }

  useLabels(set: LabelSet, own: readonly string[]): void {
    this.#labels = { set, own };
  }

  tensors(): number {
    return memory().numTensors;
  }

  async #show(hash: ModelHash, remembered: BackendChoice | null): Promise<Shown> {
    const file = await this.#parts.models.get(hash);
    if (!file) return { kind: 'rejected', why: 'The model is not kept on this device.' };
    const model = decodeModel(file);
    const subject = `${this.#parts.build} ${model.spec.name} ${model.spec.input.join('x')}`;
    // The live network lies on one backend; measuring others is for the start, when there is none.
    const chosen =
      this.#working && remembered
        ? { choice: remembered, measured: [] }
        : await chooseBackend(model, subject, remembered);
    if (!chosen)
      return { kind: 'rejected', why: 'No backend of this device computes the right numbers for this model.' };
    const network = loadNetwork(model.spec, model.weights);
    try {
      if (!(await passesSelfTest(network, model.probes))) {
        network.dispose();
        // A remembered backend may have gone bad since (a new driver): measure again before giving up.
        if (remembered && !this.#working) return await this.#show(hash, null);
        return { kind: 'rejected', why: 'The self-test found other numbers than the hub.' };
      }
      if (!this.#working) backends[chosen.choice.backend].onLost(this.#parts.onLost);
      await this.#flip({ hash, model, network, base: headOf(model) });
      return {
        kind: 'live',
        labels: withTalkLabels(model.labels),
        choice: chosen.choice,
        detail: backends[chosen.choice.backend].detail(),
        measured: chosen.measured,
      };
    } catch (cause) {
      network.dispose();
      throw cause;
    }
  }

  /**
   * Puts `live` in the place of what was live. Corrections stay, also those that it knows by itself: what looks like them
   * is better known by both than by either (docs/decisions/0008-taught-beside-shipped.md).
   */
  async #flip(live: LiveModel): Promise<void> {
    const { codec, embeddings, examples, questions } = this.#parts;
    // What takes long is done before its turn: corrections go on meanwhile.
    const ahead = await embedUnknown(
      live,
      codec,
      [...(await examples.all()), ...(await questions.all())],
      await embeddings.of(live.hash),
    );
    const known = new Map(ahead.map(({ record, seen }) => [record.sample, seen]));
    await this.#inTurn(async () => {
      const embedded = await embedUnknown(live, codec, await examples.all(), known);
      const { meanEmbedding: mean, temperature } = live.model;
      const learning = new FastLearning(live.base, { mean, temperature }, embedded);
      const asked = await embedUnknown(live, codec, await questions.all(), known);
      void embeddings.replace(live.hash, [...embedded, ...asked]);
      const lookout = new Lookout(
        mean,
        asked.map(({ seen }) => seen),
      );
      await this.#betweenFrames(() => {
        const previous = this.#working;
        this.#working = { live, learning, lookout, asked };
        this.#gaze.restart();
        previous?.live.network.dispose();
      });
    });
  }

  async #keep(model: ModelHash, make: () => Promise<Uint8Array>): Promise<Received> {
    try {
      const file = await make();
      const hash = await hashModel(file);
      if (hash !== model) return { kind: 'rejected', why: `The file's hash is ${hash}, not the offered one.` };
      await this.#parts.models.put(model, file);
      return { kind: 'kept' };
    } catch (cause) {
      return { kind: 'rejected', why: reasonOf(cause) };
    }
  }

  async #recognise(frame: Frame): Promise<Prediction | null> {
    const startMs = performance.now();
    const crop = await readCrop(frame);
    const working = this.#working;
    if (!working) return null;
    const { live, learning } = working;
    const head = this.#adapted ? learning.head : undefined;
    const signature = signatureOf(crop);
    // The shipped head alone answers for whole pictures.
    if (!head) this.#gaze.restart();
    const { input: shape } = live.model.spec;
    const input = this.#input(sizeOf(shape));
    glanceInto(input, pixelsOf(crop), shape[0], this.#gaze.next(signature));
    const seen = this.#gaze.add((await live.network.run(input)).embedding);
    const { answers, known, family } = this.#answersTo(working, seen);
    const prediction: Prediction = {
      frame: frame.id,
      answers,
      known,
      family,
      isNews: head?.isNews(seen, answers[0]?.key ?? '') ?? false,
      signature,
      sharpness: sharpnessOf(crop),
      model: live.hash,
      ms: performance.now() - startMs,
    };
    this.#ring.add({ crop, seen, prediction });
    return prediction;
  }

  /** What was learned here is somebody's own label, too, also while the hub has not told of any. */
  #namingFor({ learning }: Working): Naming {
    const { set, own } = this.#labels;
    return { set, own: new Set([...own, ...learning.learned.flatMap(({ record }) => record.label ?? [])]) };
  }

  async #forget(events: readonly string[]): Promise<void> {
    if (events.length === 0) return;
    await this.#parts.examples.remove(events);
    this.#working?.learning.forget(new Set(events));
  }

  async #inside(): Promise<Inside | null> {
    const seen = this.#ring.newest;
    if (!this.#working || !seen) return null;
    const { live, learning } = this.#working;
    // Just swapped: its first frame is on the way.
    return seen.prediction.model === live.hash ? lookInside(seen, live, learning.head) : null;
  }

  /** By what is known now, also of what was looked at before. */
  #answersTo(working: Working, seen: Seen): Answers {
    const { live, learning } = working;
    const head = this.#adapted ? learning.head : undefined;
    const naming = this.#namingFor(working);
    return head
      ? adaptedAnswersFrom(live.model, head, seen, naming)
      : answersFrom(live.model, live.base.labels, baseLogits(live.base, seen.whole), naming);
  }

  #seen(id: number): NonNullable<ReturnType<FrameRing['get']>> {
    const seen = this.#ring.get(id);
    if (!seen) throw new Error(`Frame ${String(id)} is no longer kept.`);
    return seen;
  }
}

/** Those of `examples` whose picture is the studied one. */
function studiedAmong(examples: readonly ExampleRecord[], { studied }: Working): ReadonlyMap<SampleId, Seen> {
  if (!studied) return new Map();
  const same = examples.filter(({ jpeg }) => sameBytes(jpeg, studied.captured.jpeg));
  return new Map(same.map(({ sample }) => [sample, studied.seen]));
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.slice(0, 300) : 'Unknown failure.';
