/** Puts a recogniser with its real parts on a page, for tests to play with. */
import { cropSide } from '../../../client/recognition/api.ts';
import type { Prediction } from '../../../client/recognition/api.ts';
import { IdbQuestionBank } from '../../../client/capture/question-bank.ts';
import { CacheModelStore } from '../../../client/model/model-store.ts';
import { canvasCropCodec } from '../../../client/recognition/crop-codec.ts';
import { IdbExampleBank } from '../../../client/recognition/example-bank.ts';
import { KeptEmbeddings } from '../../../client/recognition/kept-embeddings.ts';
import { Recogniser } from '../../../client/recognition/recogniser.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import type { ModelHash, SampleId } from '../../../protocol/ids.ts';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import type { Candidate, Measured } from '../../../protocol/learning/model-delta.ts';
import { makeDelta } from '../../../protocol/learning/model-delta.ts';
import { decodeModel, encodeModel, hashModel } from '../../../protocol/learning/model-file.ts';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import { drawBlobs } from '../../support/blobs.ts';
import { plainForward } from '../../support/plain-forward.ts';
import { randomWeights } from '../../support/random-network.ts';

const spec = mobile({ classes: 3, size: 32 });
const keys = ['cup', 'bowl', 'spoon'];
const models = new CacheModelStore();

/** How often a kept picture was looked at. */
let decoded = 0;

async function newRecogniser(): Promise<Recogniser> {
  const database = await openDatabase();
  const examples = new IdbExampleBank(database);
  const questions = new IdbQuestionBank(database);
  return new Recogniser({
    models,
    examples,
    questions,
    embeddings: new KeptEmbeddings(database),
    codec: {
      encode: (crop) => canvasCropCodec.encode(crop),
      decode(jpeg) {
        decoded++;
        return canvasCropCodec.decode(jpeg);
      },
    },
    build: 'test',
    onLost: () => undefined,
  });
}

type Wish = {
  /** Has so large a bias that it wins everywhere. */
  readonly favourite?: string;
  /** The probe is wrong. */
  readonly broken?: boolean;
};

function newCandidate(seed: number, { favourite }: Wish): Candidate {
  const weights = new Map(randomWeights(spec, seed));
  const bias = Float32Array.from(keys, (key) => (key === favourite ? 50 : 0));
  weights.set('head/bias', { shape: [keys.length], values: bias });
  const labels = keys.map((key) => ({ key, names: { en: key, it: key } }));
  return { spec, labels, weights, temperature: 1, threshold: 0.1 };
}

/** What the hub would measure on a candidate, by the slow definition. */
function measure({ weights }: Candidate, { broken = false }: Wish): Measured {
  const input = Uint8Array.from({ length: sizeOf(spec.input) }, (_, i) => (i * 37) % 256);
  const outputs = plainForward(
    spec,
    weights,
    Float32Array.from(input, (byte) => byte / 127.5 - 1),
  );
  const logits = Float32Array.from(outputs.get('head') ?? [], (logit) => logit + (broken ? 5 : 0));
  return { meanEmbedding: new Float32Array(768), probes: [{ input, logits }] };
}

/** A random network's file. */
function newModel(seed: number, wish: Wish = {}): Uint8Array {
  const candidate = newCandidate(seed, wish);
  // The file's weights are rounded, so the probes are asked of what comes out of it.
  const rounded = decodeModel(encodeModel({ ...candidate, meanEmbedding: new Float32Array(768), probes: [] }));
  return encodeModel({ ...candidate, ...measure(rounded, wish) });
}

/** A random network's file that knows no label yet, as a backbone is imported. */
function newModelWithoutLabels(seed: number, { broken = false }: Wish = {}): Uint8Array {
  const bare = mobile({ classes: 0, size: 32 });
  const candidate = { spec: bare, labels: [], weights: randomWeights(bare, seed), temperature: 1, threshold: 0.6 };
  const meanEmbedding = new Float32Array(768);
  const { weights } = decodeModel(encodeModel({ ...candidate, meanEmbedding, probes: [] }));
  const input = Uint8Array.from({ length: sizeOf(spec.input) }, (_, i) => (i * 37) % 256);
  const outputs = plainForward(
    bare,
    weights,
    Float32Array.from(input, (byte) => byte / 127.5 - 1),
  );
  const embedding = Float32Array.from(outputs.get('embedding') ?? [], (value) => value * (broken ? 2 : 1));
  return encodeModel({ ...candidate, meanEmbedding, probes: [{ input, logits: embedding }] });
}

/** What turns the parent's file into another random network's. */
async function newDelta(parent: Uint8Array, seed: number): Promise<{ delta: Uint8Array; child: ModelHash }> {
  const { delta, child } = await makeDelta(parent, newCandidate(seed, {}), (rounded) =>
    Promise.resolve(measure(rounded, {})),
  );
  return { delta, child: await hashModel(child) };
}

async function keep(file: Uint8Array): Promise<ModelHash> {
  const hash = await hashModel(file);
  await models.put(hash, file);
  return hash;
}

let frames = 0;

/** Learns a frame that was studied or not; resolves with how often a kept picture was looked at in all, before and after. */
async function learnFrame(recogniser: Recogniser, frame: number, label: string): Promise<readonly number[]> {
  const before = decoded;
  const { jpeg } = await recogniser.capture(frame);
  await recogniser.learn([{ sample: newSampleId(), event: newEventId(), label, jpeg }]);
  return [before, decoded];
}

async function look(recogniser: Recogniser, seed: number): Promise<Prediction> {
  const picture = await createImageBitmap(new ImageData(drawBlobs(seed), cropSide, cropSide));
  const prediction = await recogniser.recognise({ id: frames++, picture, square: { x: 0, y: 0, side: cropSide } });
  if (!prediction) throw new Error('No model is live.');
  return prediction;
}

/** Corrects a picture as the app does; resolves with the label event's id. */
async function correct(recogniser: Recogniser, seed: number, label: string | null): Promise<string> {
  const { frame } = await look(recogniser, seed);
  const { jpeg } = await recogniser.capture(frame);
  const event = newEventId();
  await recogniser.learn([{ sample: newSampleId(), event, label, jpeg }]);
  return event;
}

/** Keeps a question about a picture, as the app does; resolves with its sample. */
async function question(recogniser: Recogniser, seed: number): Promise<SampleId> {
  const { frame, answers } = await look(recogniser, seed);
  const { jpeg } = await recogniser.capture(frame);
  const sample = newSampleId();
  await new IdbQuestionBank(await openDatabase()).add({ sample, reason: 'novel', jpeg, answers });
  return sample;
}

async function remembered(): Promise<readonly (string | null)[]> {
  const examples = await new IdbExampleBank(await openDatabase()).all();
  return examples.map(({ label }) => label);
}

const tools = {
  newRecogniser,
  learnFrame,
  newModel,
  newModelWithoutLabels,
  newDelta,
  keep,
  look,
  correct,
  question,
  remembered,
};
export type Tools = typeof tools;

declare global {
  interface Window {
    tools: Tools;
  }
}
window.tools = tools;
document.documentElement.dataset['ready'] = '';
