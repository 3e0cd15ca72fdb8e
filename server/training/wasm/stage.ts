/** What a network's computation is made of before it is divided among the threads. */
import type { KernelArguments, KernelName } from './kernels.ts';

/** One kernel with its arguments. */
export type Call = { readonly kernel: KernelName; readonly args: readonly number[] };

/** Appends a call to the program under construction. */
export type Emit = <K extends KernelName>(kernel: K, ...args: KernelArguments[K]) => void;

/** Consecutive pictures of a batch. */
export type Images = { readonly first: number; readonly count: number };

/**
 * - `images`: works on each picture alone; threads share the pictures, and consecutive such stages run one after the
 *   other on a few pictures at a time, while those lie in the cache. `floats` is the largest tensor it touches, per picture.
 * - `threads`: works across pictures; every thread does its part, between two barriers. With `own` each thread alone
 *   reads what it wrote, and there is no second barrier.
 */
export type Stage =
  | {
      readonly split: 'images';
      readonly floats: number;
      readonly emit: (emit: Emit, images: Images, thread: number) => void;
    }
  | { readonly split: 'threads'; readonly own?: true; readonly emit: (emit: Emit, thread: number) => void };

/** Floats of one tensor that consecutive stages work on before they move on: half a second-level cache of 1 MiB. */
const chunkFloats = 64 * 1024;

/** Part `part` of `parts` of 0..length, on multiples of `unit`. */
export function share(
  length: number,
  part: number,
  parts: number,
  unit = 1,
): { readonly first: number; readonly count: number } {
  const units = Math.ceil(length / unit);
  const first = Math.min(length, Math.floor((units * part) / parts) * unit);
  return { first, count: Math.min(length, Math.floor((units * (part + 1)) / parts) * unit) - first };
}

/**
 * The calls of one of `threads` threads for a batch of `count`. All threads' programs hold the same number of barriers;
 * the last call is one.
 */
export function compileStages(
  stages: readonly Stage[],
  options: { readonly count: number; readonly thread: number; readonly threads: number; readonly barrier: number },
): readonly Call[] {
  const { count, thread, threads, barrier } = options;
  const calls: Call[] = [];
  const emit: Emit = (kernel, ...args) => {
    calls.push({ kernel, args });
  };
  const own = share(count, thread, threads);
  let next = 0;
  while (next < stages.length) {
    const stage = stages[next];
    if (stage?.split === 'threads') {
      stage.emit(emit, thread);
      next++;
      if (stage.own) continue;
    } else {
      const group = [];
      for (let s = stages[next]; s?.split === 'images'; s = stages[++next]) group.push(s);
      const chunk = Math.max(1, Math.floor(chunkFloats / Math.max(...group.map((s) => s.floats))));
      for (let done = 0; done < own.count; done += chunk) {
        const images = { first: own.first + done, count: Math.min(chunk, own.count - done) };
        for (const s of group) s.emit(emit, images, thread);
      }
    }
    emit('barrier', barrier, threads);
  }
  return calls;
}
