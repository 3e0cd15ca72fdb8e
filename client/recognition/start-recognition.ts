/** Starts the recognition worker and connects to it. */
import { transfer, wrap } from 'comlink';
import type { RecognitionApi } from './api.ts';
import type { RecognitionWorker } from './worker.ts';

/** The API as the page sees it: every answer is awaited, and a frame's bytes move to the worker instead of being copied. */
export type Recognition = {
  readonly [Name in keyof RecognitionApi]: (
    ...values: Parameters<RecognitionApi[Name]>
  ) => Promise<Awaited<ReturnType<RecognitionApi[Name]>>>;
};

export async function startRecognition(): Promise<Recognition> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'recognition' });
  // Comlink's type of a function that returns a proxy does not say that the proxy is callable as the API.
  const remote = (await wrap<RecognitionWorker>(worker)()) as unknown as Recognition;
  return {
    receive: (model, file) => remote.receive(model, transfer(file, [file.buffer as ArrayBuffer])),
    patch: (model, parent, delta) => remote.patch(model, parent, delta),
    show: (model, remembered) => remote.show(model, remembered),
    keepOnly: (models) => remote.keepOnly(models),
    recognise: (frame) => remote.recognise(transfer(frame, [frame.rgba.buffer])),
    inside: () => remote.inside(),
    capture: (frame) => remote.capture(frame),
    learn: (examples) => remote.learn(examples),
    forget: (events) => remote.forget(events),
    remember: (frame) => remote.remember(frame),
    useAdapted: (on) => remote.useAdapted(on),
    tensors: () => remote.tensors(),
  };
}
