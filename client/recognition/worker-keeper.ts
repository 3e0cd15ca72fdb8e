/**
 * Keeps a recognition worker running: when one is gone, another takes its place.
 *
 *   starting ──connected──▶ running ──gone──▶ pause ──▶ starting
 *      └──────cannot be loaded────────────────▲
 */
import { wrap } from 'comlink';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Recognition } from './start-recognition.ts';
import { untilGone } from './sign-of-life.ts';
import type { RecognitionWorker } from './worker.ts';

/** So that a worker that cannot live does not keep the device busy with starting it. */
const pauseMs = 500;

export class WorkerKeeper {
  readonly #restarts = new Cell(0);
  /** Calls that a worker that is gone would never answer. */
  readonly #unanswered = new Set<(cause: Error) => void>();
  #recogniser: Promise<Recognition>;

  /** The first worker starts when `ready` resolves; calls wait for it. */
  constructor(ready: Promise<unknown>) {
    this.#recogniser = ready.then(() => this.#start());
  }

  /** How often a worker has taken another's place; it knows nothing yet but what is stored. */
  get restarts(): Readable<number> {
    return this.#restarts;
  }

  /** Rejects when the worker rejects, or is gone before it has answered. */
  call<T>(ask: (worker: Recognition) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#unanswered.add(reject);
      void this.#recogniser
        .then(ask)
        .then(resolve, reject)
        .finally(() => this.#unanswered.delete(reject));
    });
  }

  #start(): Promise<Recognition> {
    const name = `recognition ${crypto.randomUUID()}`;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
    // Comlink's type of a function that returns a proxy does not say that the proxy is callable as the API.
    const recogniser = wrap<RecognitionWorker>(worker)() as unknown as Promise<Recognition>;
    const failed = new Promise((resolve) => {
      worker.addEventListener('error', resolve, { once: true });
    });
    const replace = (): void => {
      worker.terminate();
      for (const reject of this.#unanswered) reject(new Error('The recognition worker has gone.'));
      // Calls wait for the next worker from now on.
      this.#recogniser = new Promise((resolve) => {
        setTimeout(() => {
          resolve(this.#start());
          this.#restarts.set(this.#restarts.peek() + 1);
        }, pauseMs);
      });
    };
    void Promise.race([failed, recogniser.then(() => untilGone(name))]).then(replace, replace);
    return recogniser;
  }
}
