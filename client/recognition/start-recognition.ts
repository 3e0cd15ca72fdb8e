/** The recognition worker's API as the page calls it. */
import { transfer } from 'comlink';
import type { Readable } from '../cell.ts';
import type { RecognitionApi } from './api.ts';
import { WorkerKeeper } from './worker-keeper.ts';

/**
 * Every answer is awaited, and what is large moves to the worker instead of being copied. A call rejects when the worker is
 * gone before it has answered; another worker takes its place.
 */
export type Recognition = {
  readonly [Name in keyof RecognitionApi]: (
    ...values: Parameters<RecognitionApi[Name]>
  ) => Promise<Awaited<ReturnType<RecognitionApi[Name]>>>;
};

export type StartedRecognition = {
  readonly recognition: Recognition;
  /** How often another worker has started: it shows no model yet, and has to be told what to use. */
  readonly restarts: Readable<number>;
};

/** Starts when `ready` resolves; until then calls wait. */
export function startRecognition(ready: Promise<unknown>): StartedRecognition {
  const keeper = new WorkerKeeper(ready);
  const recognition: Recognition = {
    fetch: (model) => keeper.call((worker) => worker.fetch(model)),
    patch: (model, parent, delta) => keeper.call((worker) => worker.patch(model, parent, delta)),
    show: (model, remembered) => keeper.call((worker) => worker.show(model, remembered)),
    keepOnly: (models) => keeper.call((worker) => worker.keepOnly(models)),
    recognise: (frame) => keeper.call((worker) => worker.recognise(transfer(frame, [frame.picture]))),
    inside: () => keeper.call((worker) => worker.inside()),
    capture: (frame) => keeper.call((worker) => worker.capture(frame)),
    study: (frame) => keeper.call((worker) => worker.study(frame)),
    learn: (examples) => keeper.call((worker) => worker.learn(examples)),
    forget: (events) => keeper.call((worker) => worker.forget(events)),
    look: (frame) => keeper.call((worker) => worker.look(frame)),
    ask: () => keeper.call((worker) => worker.ask()),
    answered: () => keeper.call((worker) => worker.answered()),
    doubts: () => keeper.call((worker) => worker.doubts()),
    confirm: (event, atMs) => keeper.call((worker) => worker.confirm(event, atMs)),
    useAdapted: (on) => keeper.call((worker) => worker.useAdapted(on)),
    useLabels: (set, own) => keeper.call((worker) => worker.useLabels(set, own)),
    tensors: () => keeper.call((worker) => worker.tensors()),
  };
  return { recognition, restarts: keeper.restarts };
}
