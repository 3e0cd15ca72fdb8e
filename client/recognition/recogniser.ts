/**
 * Labels frames with the live model and what the device has learned on top of it. Owns the backend, the live model,
 * the recent frames and the corrections.
 */
import { memory } from '@tensorflow/tfjs-core';
import type { ModelHash } from '../../protocol/ids.ts';
import type { Network, Step } from '../../protocol/learning/forward.ts';
import { loadNetwork } from '../../protocol/learning/forward.ts';
import { applyDelta } from '../../protocol/learning/model-delta.ts';
import type { Model } from '../../protocol/learning/model-file.ts';
import { decodeModel, hashModel } from '../../protocol/learning/model-file.ts';
import { toInput } from '../../protocol/learning/preprocess.ts';
import type { ModelStore } from '../model/model-store.ts';
import type { BackendChoice } from '../storage/settings.ts';
import type { ExampleRecord } from '../storage/database.ts';
import type { Answer, Captured, Crop, Frame, Prediction, Received, RecognitionApi, Shown } from './api.ts';
import { cropSide, framesKept } from './api.ts';
import { backends } from './backends.ts';
import { chooseBackend } from './choose-backend.ts';
import type { CropCodec } from './crop-codec.ts';
import type { ExampleBank } from './example-bank.ts';
import type { Embedded } from './fast-learning.ts';
import { FastLearning } from './fast-learning.ts';
import { FrameRing } from './frame-ring.ts';
import type { Heatmaps, Inside } from './inside.ts';
import { averagedStep, channelsRead, drawnSteps, heatmapOf, pictureOf } from './inside.ts';
import type { LiveModel } from './live-model.ts';
import { answersFrom, headOf } from './live-model.ts';
import { readCrop } from './read-crop.ts';
import { passesSelfTest } from './self-test.ts';
import { signatureOf } from './signature.ts';

export type RecogniserParts = {
  readonly models: ModelStore;
  readonly examples: ExampleBank;
  readonly codec: CropCodec;
  /** Names the build: another one measures the backends again. */
  readonly build: string;
  /** Called when nothing can be computed here any more, because the backend has lost its processor. */
  readonly onLost: () => void;
};

type Working = { readonly live: LiveModel; readonly learning: FastLearning };

export class Recogniser implements RecognitionApi {
  readonly #parts: RecogniserParts;
  readonly #ring = new FrameRing(framesKept);
  #working: Working | undefined;
  #adapted = true;
  /** The frame being recognised, and the model change being made: a model is freed only between frames. */
  #frame: Promise<unknown> = Promise.resolve();
  #change: Promise<unknown> = Promise.resolve();

  constructor(parts: RecogniserParts) {
    this.#parts = parts;
  }

  async receive(model: ModelHash, file: Uint8Array): Promise<Received> {
    const hash = await hashModel(file);
    if (hash !== model) return { kind: 'rejected', why: `The file's hash is ${hash}, not the offered one.` };
    await this.#parts.models.put(model, file);
    return { kind: 'kept' };
  }

  async patch(model: ModelHash, parent: ModelHash, delta: Uint8Array): Promise<Received> {
    const parentFile = await this.#parts.models.get(parent);
    if (!parentFile) return { kind: 'rejected', why: 'The parent of the delta is not kept here.' };
    try {
      return await this.receive(model, await applyDelta(parentFile, delta));
    } catch (cause) {
      return { kind: 'rejected', why: reasonOf(cause) };
    }
  }

  show(model: ModelHash, remembered: BackendChoice | null): Promise<Shown> {
    return this.#inTurn(async () => {
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

  learn(examples: readonly ExampleRecord[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#parts.examples.add(examples);
      if (!this.#working) return;
      const { live, learning } = this.#working;
      learning.learn(await this.#embed(live.network, live.model, examples));
    });
  }

  forget(events: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#parts.examples.remove(events);
      this.#working?.learning.forget(new Set(events));
    });
  }

  remember(frame: number): void {
    this.#working?.learning.remember(this.#seen(frame).embedding);
  }

  useAdapted(on: boolean): void {
    this.#adapted = on;
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
        labels: model.labels,
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
    const embedded = await this.#embed(live.network, live.model, await this.#parts.examples.all());
    const { meanEmbedding: mean, temperature } = live.model;
    const learning = new FastLearning(live.base, { mean, temperature }, embedded);
    await this.#frame;
    const previous = this.#working;
    this.#working = { live, learning };
    previous?.live.network.dispose();
  }

  async #recognise(frame: Frame): Promise<Prediction | null> {
    const startMs = performance.now();
    const crop = await readCrop(frame);
    const working = this.#working;
    if (!working) return null;
    const { live, learning } = working;
    const { logits, embedding } = await live.network.run(inputOf(live.model, crop));
    const head = this.#adapted ? learning.head : undefined;
    const { answers, known } = head
      ? answersFrom(live.model, head.labels, head.logits(embedding))
      : answersFrom(live.model, live.base.labels, logits);
    const prediction: Prediction = {
      frame: frame.id,
      answers,
      known,
      nearest: learning.nearest(embedding),
      signature: signatureOf(crop),
      model: live.hash,
      ms: performance.now() - startMs,
    };
    this.#ring.add({ crop, embedding, prediction });
    return prediction;
  }

  async #inside(): Promise<Inside | null> {
    const seen = this.#ring.newest;
    if (!this.#working || !seen) return null;
    const { live } = this.#working;
    const { model, network } = live;
    // Just swapped: its first frame is on the way.
    if (seen.prediction.model !== live.hash) return null;
    const input = inputOf(model, seen.crop);
    const steps = await network.steps(input, channelsRead(model.spec));
    return {
      prediction: seen.prediction,
      picture: pictureOf(model.spec, input),
      steps: drawnSteps(steps),
      weights: [...model.weights.values()].reduce((sum, { values }) => sum + values.length, 0),
      heatmaps: heatmapsOf(this.#working, seen.embedding, averagedStep(model.spec, steps)),
    };
  }

  async #embed(network: Network, model: Model, records: readonly ExampleRecord[]): Promise<readonly Embedded[]> {
    const embedded: Embedded[] = [];
    for (const record of records) {
      const crop = await this.#parts.codec.decode(record.jpeg);
      embedded.push({ record, embedding: (await network.run(inputOf(model, crop))).embedding });
    }
    return embedded;
  }

  #seen(id: number): NonNullable<ReturnType<FrameRing['get']>> {
    const seen = this.#ring.get(id);
    if (!seen) throw new Error(`Frame ${String(id)} is no longer kept.`);
    return seen;
  }

  /** One after the other: the next waits for this one's end, not for its success. */
  #betweenFrames<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#frame.then(run);
    this.#frame = done.catch(() => undefined);
    return done;
  }

  /** Changes of the model and of what was learned happen one after the other. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#change.then(change);
    this.#change = done.catch(() => undefined);
    return done;
  }
}

function heatmapsOf(
  { live: { model, base }, learning: { head } }: Working,
  embedding: Float32Array,
  averaged: Step | undefined,
): Heatmaps | null {
  if (!averaged) return null;
  const best = (labels: readonly string[], logits: Float32Array): Answer | undefined =>
    answersFrom(model, labels, logits).answers[0];
  const before = best(base.labels, headLogits(base, embedding));
  const after = head && best(head.labels, head.logits(embedding));
  return {
    before: before ? heatmapOf(averaged, before, (part) => labelLogit(base, before.key, part)) : null,
    after: after ? heatmapOf(averaged, after, (part) => head.logits(part)[head.labels.indexOf(after.key)] ?? 0) : null,
  };
}

function labelLogit({ kernel, bias, labels }: LiveModel['base'], label: string, embedding: Float32Array): number {
  const at = labels.indexOf(label);
  return embedding.reduce((sum, value, i) => sum + value * (kernel[i * labels.length + at] ?? 0), bias[at] ?? 0);
}

function headLogits({ kernel, bias }: LiveModel['base'], embedding: Float32Array): Float32Array {
  const logits = Float32Array.from(bias);
  for (let i = 0; i < embedding.length; i++)
    for (let label = 0; label < logits.length; label++)
      logits[label] = (logits[label] ?? 0) + (embedding[i] ?? 0) * (kernel[i * logits.length + label] ?? 0);
  return logits;
}

function inputOf(model: Model, crop: Crop): Float32Array {
  return toInput({ data: crop, width: cropSide, height: cropSide, channels: 4 }, model.spec.input[0]);
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.slice(0, 300) : 'Unknown failure.';
