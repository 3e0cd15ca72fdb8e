/** Prepares augmented batches in a thread of its own, ahead of the training step, so that the step never waits. */
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
 * at most `ahead + 1` batches are held in memory. `dispose` ends the thread.
 */
export class InputPipeline {
  readonly #options: InputPipelineOptions;
  readonly #slots: readonly Float32Array<SharedArrayBuffer>[];
  readonly #worker: Worker;
  readonly #requested = new Map<number, Uint32Array>();
  #nextBatch: number;
  /** The last batch that the thread finished; it works in order. */
  #finished: number;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(options: InputPipelineOptions) {
    const { pictures, augmentation, size, seed, batchSize } = options;
    this.#options = options;
    this.#nextBatch = options.firstBatch;
    this.#finished = options.firstBatch - 1;
    const bytes = batchSize * size * size * 3 * Float32Array.BYTES_PER_ELEMENT;
    this.#slots = Array.from({ length: options.ahead + 1 }, () => new Float32Array(new SharedArrayBuffer(bytes)));
    const workerData: InputWorkerData = { pictures, augmentation, size, seed, slots: this.#slots };
    this.#worker = new Worker(new URL('./input-worker.ts', import.meta.url), { workerData });
    this.#worker.on('message', (batch: number) => {
      this.#finished = batch;
      this.#wake?.();
    });
    this.#worker.on('error', (error) => {
      this.#failure = new Error('The input thread failed.', { cause: error });
      this.#wake?.();
    });
    for (let i = 0; i < options.ahead; i++) this.#request(options.firstBatch + i);
  }

  /** The next batch; the one before it is given up. One call at a time. Rejects when the thread failed. */
  async next(): Promise<InputBatch> {
    const batch = this.#nextBatch++;
    this.#request(batch + this.#options.ahead);
    while (this.#finished < batch && !this.#failure) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#failure) throw this.#failure;
    const indices = this.#requested.get(batch) ?? new Uint32Array();
    this.#requested.delete(batch);
    const { size } = this.#options;
    const slot = this.#slots[batch % this.#slots.length] ?? new Float32Array();
    return { batch, indices, inputs: slot.subarray(0, indices.length * size * size * 3) };
  }

  async dispose(): Promise<void> {
    await this.#worker.terminate();
  }

  #request(batch: number): void {
    const indices = this.#options.order(batch);
    this.#requested.set(batch, indices);
    const request: BatchRequest = { batch, slot: batch % this.#slots.length, indices };
    this.#worker.postMessage(request);
  }
}
