/** The layout of the one memory that all threads share. */

/** The kernels' own static data lies below this address. */
const firstAddress = 4096;

const cacheLine = 64;

/** Kernels copy in fours and may read or write this far past the end of a buffer. */
export const slackBytes = 64;

/**
 * Hands out byte offsets, once, in the order of asking: whoever asks in the same order gets the same layout, so every
 * thread makes its own copy of it.
 */
export class Arena {
  #next = firstAddress;
  #accumulatorBytes = 0;
  #scratchBytes = 0;

  /** A buffer of `floats` floats; its content lives from step to step. */
  reserve(floats: number): number {
    const offset = this.#next;
    this.#next += align(floats * 4 + slackBytes);
    return offset;
  }

  /** A buffer in each thread's accumulators, which every step begins with zeros. Returns its place within them. */
  reserveAccumulator(floats: number): number {
    const offset = this.#accumulatorBytes;
    this.#accumulatorBytes += align(floats * 4 + slackBytes);
    return offset;
  }

  /** Says that a call needs `bytes` of each thread's scratch, which nothing outlives. */
  needScratch(bytes: number): void {
    this.#scratchBytes = Math.max(this.#scratchBytes, align(bytes + slackBytes));
  }

  /** Places the accumulators and the scratch of `threads` threads; the layout is complete then. */
  close(threads: number): Regions {
    const accumulators = this.#next;
    const scratch = accumulators + this.#accumulatorBytes * threads;
    return {
      accumulators,
      accumulatorBytes: this.#accumulatorBytes,
      scratch,
      scratchBytes: this.#scratchBytes,
      totalBytes: scratch + this.#scratchBytes * threads,
    };
  }
}

export type Regions = {
  readonly accumulators: number;
  /** Per thread, and the distance between two threads' accumulators. */
  readonly accumulatorBytes: number;
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly totalBytes: number;
};

export function align(bytes: number): number {
  return Math.ceil(bytes / cacheLine) * cacheLine;
}
