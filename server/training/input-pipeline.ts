/** Prepares augmented batches in threads of its own, ahead of the training step, so that the step never waits. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AugmentationName } from './augment.ts';
import type { BatchOrder } from './epoch-order.ts';
import type { BatchRequest, InputWorkerData } from './fill-batch.ts';
import type { Pictures } from './pictures.ts';

export type InputPipelineOptions = {
  readonly pictures: Pictures;
  readonly order: BatchOrder;
  readonly augmentation: AugmentationName;
  /** Side of the square inputs, in pixels. */
  readonly size: number;
  readonly batchSize: number;
  readonly seed: number;
  /** The batch to begin with: a resumed run goes on where it stopped. */
  readonly firstBatch: number;
  /** Most batches that are ready or in the making at once, beside the one in use. */
  readonly ahead: number;
  /** Default: one for each four cores, at most four; on few cores they would take time from the step itself. */
  readonly threads?: number;
};

export type InputBatch = {
  readonly batch: number;
  /** Which pictures, in order. */
  readonly indices: Uint32Array;
  /** `[indices.length, size, size, 3]`; valid until the next call of `next`. */
  readonly inputs: Float32Array;
};

/**
 * Guarantees: batches come in order, from `firstBatch` on; their content depends on the options only, never on timing;
 * at most `ahead + 1` batches are held in memory. `dispose` ends the threads.
 */
export class InputPipeline {
  readonly #options: InputPipelineOptions;
  readonly #slots: readonly Float32Array<SharedArrayBuffer>[];
  readonly #workers: readonly Worker[];
  readonly #requested = new Map<number, Uint32Array>();
  #nextBatch: number;
  /** Batches that are ready and were not asked for yet: threads finish in any order. */
  readonly #ready = new Set<number>();
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(options: InputPipelineOptions) {
    const { pictures, augmentation, size, seed, batchSize } = options;
    this.#options = options;
    this.#nextBatch = options.firstBatch;
    const bytes = batchSize * size * size * 3 * Float32Array.BYTES_PER_ELEMENT;
    this.#slots = Array.from({ length: options.ahead + 1 }, () => new Float32Array(new SharedArrayBuffer(bytes)));
    const workerData: InputWorkerData = { pictures, augmentation, size, seed, slots: this.#slots };
    const threads = options.threads ?? Math.max(1, Math.min(4, Math.floor(availableParallelism() / 4)));
    this.#workers = Array.from({ length: threads }, () => this.#start(workerData));
    for (let i = 0; i < options.ahead; i++) this.#request(options.firstBatch + i);
  }

  /** The next batch; the one before it is given up. One call at a time. Rejects when a thread failed. */
  async next(): Promise<InputBatch> {
    const batch = this.#nextBatch++;
    this.#request(batch + this.#options.ahead);
    while (!this.#ready.has(batch) && !this.#failure) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#failure) throw this.#failure;
    this.#ready.delete(batch);
    const indices = this.#requested.get(batch) ?? new Uint32Array();
    this.#requested.delete(batch);
    const { size } = this.#options;
    const slot = this.#slots[batch % this.#slots.length] ?? new Float32Array();
    return { batch, indices, inputs: slot.subarray(0, indices.length * size * size * 3) };
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(workerData: InputWorkerData): Worker {
    const worker = new Worker(new URL('./input-worker.ts', import.meta.url), { workerData });
    worker.on('message', (batch: number) => {
      this.#ready.add(batch);
      this.#wake?.();
    });
    worker.on('error', (error) => {
      this.#failure = new Error('An input thread failed.', { cause: error });
      this.#wake?.();
    });
    return worker;
  }

  #request(batch: number): void {
    const indices = this.#options.order(batch);
    this.#requested.set(batch, indices);
    const request: BatchRequest = { batch, slot: batch % this.#slots.length, indices };
    this.#workers[batch % this.#workers.length]?.postMessage(request);
  }
}
