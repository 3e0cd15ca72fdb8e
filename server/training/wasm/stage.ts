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

/** How many stages before and behind one count as its surroundings: about a block of a network. */
const nearby = 4;

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

/** Stages that run between two barriers, or up to the next group when there is no `barrier` behind them. */
export type Group = {
  readonly stages: readonly Stage[];
  /** How many pictures a thread takes through its stages at a time. */
  readonly pictures: number;
  readonly barrier: boolean;
};

/**
 * Consecutive stages by picture are one group, as long as their pictures are about as large: the small pictures of late
 * layers go through in greater numbers than the large ones of early layers. Every other stage is a group of its own.
 */
export function groupsOf(stages: readonly Stage[]): readonly Group[] {
  const groups: Group[] = [];
  for (let next = 0; next < stages.length;) {
    const stage = stages[next];
    if (stage?.split === 'threads') {
      groups.push({ stages: [stage], pictures: Infinity, barrier: stage.own !== true });
      next++;
      continue;
    }
    const pictures = picturesAround(stages, next);
    const members = [];
    for (let s = stages[next]; s?.split === 'images' && picturesAround(stages, next) === pictures; s = stages[++next])
      members.push(s);
    groups.push({ stages: members, pictures, barrier: true });
  }
  return groups;
}

/** How many pictures fit the cache at the largest of the stages by picture around `at`. */
function picturesAround(stages: readonly Stage[], at: number): number {
  const around = stages.slice(Math.max(0, at - nearby), at + nearby + 1);
  const floats = Math.max(...around.map((stage) => (stage.split === 'images' ? stage.floats : 0)));
  return picturesInCache(floats);
}

/** How many pictures of `floats` floats a group takes at most at a time: a power of two. */
export function picturesInCache(floats: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(chunkFloats / floats)));
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
  for (const group of groupsOf(stages)) {
    for (const stage of group.stages) if (stage.split === 'threads') stage.emit(emit, thread);
    const byPicture = group.stages.filter((stage) => stage.split === 'images');
    if (byPicture.length > 0)
      for (let done = 0; done < own.count; done += group.pictures) {
        const images = { first: own.first + done, count: Math.min(group.pictures, own.count - done) };
        for (const stage of byPicture) stage.emit(emit, images, thread);
      }
    if (group.barrier) emit('barrier', barrier, threads);
  }
  return calls;
}
