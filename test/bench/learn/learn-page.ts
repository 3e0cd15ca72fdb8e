/** Runs in the browser: times what a device does with one more correction, with the recogniser's real parts. */
import { IdbQuestionBank } from '../../../client/capture/question-bank.ts';
import { CacheModelStore } from '../../../client/model/model-store.ts';
import { cropSide } from '../../../client/recognition/api.ts';
import { canvasCropCodec } from '../../../client/recognition/crop-codec.ts';
import { embedPictures } from '../../../client/recognition/embed-pictures.ts';
import { IdbExampleBank } from '../../../client/recognition/example-bank.ts';
import { KeptEmbeddings } from '../../../client/recognition/kept-embeddings.ts';
import { Recogniser } from '../../../client/recognition/recogniser.ts';
import type { ExampleRecord } from '../../../client/storage/database.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import type { ModelHash } from '../../../protocol/ids.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import { loadNetwork } from '../../../protocol/learning/forward.ts';
import { adaptHead } from '../../../protocol/learning/heads/adapted-head.ts';
import { headOf } from '../../../protocol/learning/heads/base-head.ts';
import { KeptProducts } from '../../../protocol/learning/heads/kept-products.ts';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { drawBlobs } from '../../support/blobs.ts';

export type Task = {
  /** Served under its hash. */
  readonly model: ModelHash;
  /** So many examples make the head. */
  readonly examples: number;
  readonly warmUps: number;
  readonly repetitions: number;
};

/** Times in ms. */
export type LearnTimes = {
  readonly backend: string;
  /** Of each `learn` of a frame that was frozen before, as the camera's are. */
  readonly learn: readonly number[];
  /** Of each `learn` of a picture that the device has not looked at, as those of a burst and of other devices. */
  readonly unseen: readonly number[];
  /** Of each fit of the head alone, with one of the examples new. */
  readonly fit: readonly number[];
};

declare global {
  interface Window {
    readonly measureLearning: (task: Task) => Promise<LearnTimes>;
  }
}

const labels = 20;

Object.assign(window, {
  async measureLearning({ model, examples, warmUps, repetitions }: Task): Promise<LearnTimes> {
    const file = new Uint8Array(await (await fetch(`/${model}`)).arrayBuffer());
    const database = await openDatabase();
    const [bank, models] = [new IdbExampleBank(database), new CacheModelStore()];
    const records: ExampleRecord[] = [];
    for (let i = 0; i < examples + warmUps + repetitions; i++) records.push(await newRecord(i));
    await bank.add(records.slice(0, examples));
    const recogniser = new Recogniser({
      models,
      examples: bank,
      questions: new IdbQuestionBank(database),
      embeddings: new KeptEmbeddings(database),
      codec: canvasCropCodec,
      build: 'bench',
      onLost: () => undefined,
    });
    await models.put(model, file);
    const shown = await recogniser.show(model, null);
    if (shown.kind === 'rejected') throw new Error(shown.why);
    const [learn, unseen]: [number[], number[]] = [[], []];
    for (const [i, record] of records.slice(examples).entries()) {
      unseen.push(await timed(() => recogniser.learn([record])));
      const frozen = await freeze(recogniser, examples + warmUps + repetitions + i);
      learn.push(await timed(() => recogniser.learn([{ ...record, ...frozen }])));
    }
    const fit = await fitTimes(file, records, examples);
    return {
      backend: shown.choice.backend,
      learn: learn.slice(warmUps),
      unseen: unseen.slice(warmUps),
      fit: fit.slice(warmUps),
    };
  },
});

/** A picture of blobs; labels take turns. */
async function newRecord(i: number): Promise<ExampleRecord> {
  const jpeg = await canvasCropCodec.encode(drawBlobs(i));
  return { sample: newSampleId(), event: newEventId(), label: `thing ${String(i % labels)}`, jpeg };
}

/** A frame of blobs, as it is when the person has found the word for it. */
async function freeze(recogniser: Recogniser, i: number): Promise<Pick<ExampleRecord, 'sample' | 'event' | 'jpeg'>> {
  const picture = await createImageBitmap(new ImageData(drawBlobs(i), cropSide, cropSide));
  await recogniser.recognise({ id: i, picture, square: { x: 0, y: 0, side: cropSide } });
  await recogniser.study(i);
  const { jpeg } = await recogniser.capture(i);
  return { sample: newSampleId(), event: newEventId(), jpeg };
}

/** Of fits to so many neighbours among the examples, each time moved on by one. */
async function fitTimes(file: Uint8Array, records: readonly ExampleRecord[], examples: number): Promise<number[]> {
  const model = decodeModel(file);
  const { meanEmbedding: mean, temperature } = model;
  const [base, options] = [headOf(model), { mean, temperature, products: new KeptProducts() }];
  const network = loadNetwork(model.spec, model.weights);
  const embedded = await embedPictures({ model, network }, canvasCropCodec, records);
  network.dispose();
  const known = embedded.map(({ record, seen }) => ({ averaged: seen.averaged, label: record.label }));
  const times: number[] = [];
  for (let first = 1; first + examples <= known.length; first++)
    times.push(await timed(() => adaptHead(base, known.slice(first, first + examples), options)));
  return times;
}

async function timed(run: () => unknown): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}

document.documentElement.dataset['ready'] = '';
