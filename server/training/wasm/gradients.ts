/**
 * Where the gradients of activations lie. Each is needed only between a few stages of a step, so a step is rehearsed
 * once to see which, and gradients that are never needed at the same time share their memory: those of one group of
 * stages, that run picture by picture, in a buffer of each thread for a few pictures, the others for the whole batch.
 */
import { align, slackBytes, type Arena } from './memory.ts';
import type { Run, Tensor } from './nodes/node.ts';
import { groupsOf, type Images, type Stage } from './stage.ts';

export type Gradients = Pick<Run, 'gradient' | 'batchGradient'>;

/** First and last moment (stage or group of stages) at which a gradient is needed. */
type Span = { readonly first: number; readonly last: number };

/** What the rehearsal saw of one gradient. `pictures`: how many of a thread's it holds at a time. */
type Use = { stages: Span; groups: Span; pictures: number; wholeBatch: boolean };

/** `stagesOf` makes the stages of a step on a full batch, whose gradients are asked for through `gradients`. */
export function placeGradients(
  arena: Arena,
  sizes: { readonly batchSize: number; readonly threads: number },
  stagesOf: (gradients: Gradients) => readonly Stage[],
): Gradients {
  const uses = [...rehearse(sizes, stagesOf)];
  const isShared = ([, use]: (typeof uses)[number]): boolean => use.wholeBatch || use.groups.first !== use.groups.last;
  const shared = packed(
    uses.filter(isShared).map(([tensor, { groups }]) => [tensor, tensor.size * sizes.batchSize, groups]),
  );
  const own = packed(
    uses.filter((use) => !isShared(use)).map(([tensor, use]) => [tensor, tensor.size * use.pictures, use.stages]),
  );
  const sharedBase = arena.reserve(shared.floats);
  const ownBases = Array.from({ length: sizes.threads }, () => arena.reserve(own.floats));
  const batchGradient = (tensor: Tensor): number => sharedBase + offsetOf(shared.offsets, tensor) * 4;
  return {
    batchGradient,
    gradient: (tensor, images, thread) => {
      const offset = own.offsets.get(tensor);
      if (offset === undefined) return batchGradient(tensor) + images.first * tensor.size * 4;
      return (ownBases[thread] ?? NaN) + offset * 4;
    },
  };
}

function offsetOf(offsets: ReadonlyMap<Tensor, number>, tensor: Tensor): number {
  const offset = offsets.get(tensor);
  if (offset === undefined) throw new Error('A gradient was asked for that no step needs.');
  return offset;
}

/** Goes through a step without computing anything, and notes at which stages each gradient is asked for. */
function rehearse(
  { batchSize, threads }: { readonly batchSize: number; readonly threads: number },
  stagesOf: (gradients: Gradients) => readonly Stage[],
): ReadonlyMap<Tensor, Use> {
  const uses = new Map<Tensor, Use>();
  let [stage, group] = [0, 0];
  const note = (tensor: Tensor, pictures: number, wholeBatch: boolean): number => {
    const use = uses.get(tensor);
    uses.set(tensor, {
      stages: { first: use?.stages.first ?? stage, last: stage },
      groups: { first: use?.groups.first ?? group, last: group },
      pictures: Math.max(use?.pictures ?? 0, pictures),
      wholeBatch: wholeBatch || (use?.wholeBatch ?? false),
    });
    return 0;
  };
  const stages = stagesOf({
    gradient: (tensor, images) => note(tensor, images.count, false),
    batchGradient: (tensor) => note(tensor, batchSize, true),
  });
  const ignore = (): void => undefined;
  for (const each of groupsOf(stages)) {
    const images: Images = { first: 0, count: Math.min(each.pictures, batchSize) };
    for (const member of each.stages) {
      // The last thread always has a share, the first may have none.
      if (member.split === 'images') member.emit(ignore, images, threads - 1);
      else member.emit(ignore, threads - 1);
      stage++;
    }
    if (each.barrier) group++;
  }
  return uses;
}

/** Places buffers so that no two overlap that are needed at the same time: the largest first, each as low as it can. */
function packed(buffers: readonly (readonly [Tensor, floats: number, Span])[]): {
  readonly offsets: ReadonlyMap<Tensor, number>;
  readonly floats: number;
} {
  const placed: { readonly first: number; readonly end: number; readonly span: Span }[] = [];
  const offsets = new Map<Tensor, number>();
  for (const [tensor, size, span] of buffers.toSorted(([, a], [, b]) => b - a)) {
    const floats = align(size * 4 + slackBytes) / 4;
    const others = placed.filter((other) => other.span.first <= span.last && span.first <= other.span.last);
    const first = [0, ...others.map(({ end }) => end)]
      .toSorted((a, b) => a - b)
      .find((start) => others.every((other) => start + floats <= other.first || other.end <= start));
    placed.push({ first: first ?? 0, end: (first ?? 0) + floats, span });
    offsets.set(tensor, first ?? 0);
  }
  return { offsets, floats: Math.max(0, ...placed.map(({ end }) => end)) };
}
