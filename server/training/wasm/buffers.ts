/**
 * Where gradients of activations lie, and the activations that are not kept from the forward to the backward pass. Each is
 * needed only between a few stages of a step, so a step is rehearsed once to see which, and buffers that are never needed
 * at the same time share their memory: those that live within one group of stages, which runs a few pictures at a time,
 * have a place in each thread's own memory; the others hold the whole batch.
 */
import { align, slackBytes, type Arena } from './memory.ts';
import type { Run, Tensor } from './nodes/node.ts';
import { groupsOf, picturesInCache, type Images, type Stage } from './stage.ts';

export type Buffers = Pick<Run, 'gradient' | 'batchGradient' | 'value' | 'target'>;

/** First and last moment (stage or group of stages) at which a buffer is needed. */
type Span = { readonly first: number; readonly last: number };

/** What the rehearsal saw of one buffer: the stages that asked for it, by group. */
type Use = { readonly tensor: Tensor; readonly groups: Map<number, Span>; wholeBatch: boolean };

type Rehearsal = { readonly gradients: ReadonlyMap<Tensor, Use>; readonly values: ReadonlyMap<Tensor, Use> };

/** `stagesOf` makes the stages of a step on a full batch, which ask for their buffers in `emit`. */
export function placeBuffers(
  arena: Arena,
  sizes: { readonly batchSize: number; readonly threads: number },
  stagesOf: (buffers: Buffers) => readonly Stage[],
): Buffers {
  const { gradients, values } = rehearse(sizes, stagesOf);
  for (const use of gradients.values()) use.wholeBatch ||= use.groups.size > 1;
  const uses = [...gradients.values(), ...values.values()];
  const shared = packed(
    uses
      .filter(({ wholeBatch }) => wholeBatch)
      .map((use) => [use, use.tensor.size * sizes.batchSize, [hull([...use.groups.keys()])]]),
  );
  const own = packed(
    uses
      .filter(({ wholeBatch }) => !wholeBatch)
      .map((use) => [use, use.tensor.size * picturesInCache(use.tensor.size), [...use.groups.values()]]),
  );
  const sharedBase = arena.reserve(shared.floats);
  const ownBases = Array.from({ length: sizes.threads }, () => arena.reserve(own.floats));
  const place = (use: Use | undefined, images: Images, thread: number): number => {
    if (!use) throw new Error('A buffer was asked for that no step needs.');
    const offset = own.offsets.get(use);
    if (offset !== undefined) return (ownBases[thread] ?? NaN) + offset * 4;
    return sharedBase + ((shared.offsets.get(use) ?? NaN) + images.first * use.tensor.size) * 4;
  };
  const valueOf = (tensor: Tensor, images: Images, thread: number): number =>
    tensor.value === undefined
      ? place(values.get(tensor), images, thread)
      : tensor.value + images.first * tensor.size * 4;
  return {
    gradient: (tensor, images, thread) => place(gradients.get(tensor), images, thread),
    batchGradient: (tensor) => place(gradients.get(tensor), { first: 0, count: sizes.batchSize }, 0),
    value: valueOf,
    target: valueOf,
  };
}

/** Goes through a step without computing anything, and notes at which stages each buffer is asked for. */
function rehearse(
  { batchSize, threads }: { readonly batchSize: number; readonly threads: number },
  stagesOf: (buffers: Buffers) => readonly Stage[],
): Rehearsal {
  const [gradients, values] = [new Map<Tensor, Use>(), new Map<Tensor, Use>()];
  let [stage, group] = [0, 0];
  const note = (uses: Map<Tensor, Use>, tensor: Tensor): Use => {
    const use = uses.get(tensor) ?? { tensor, groups: new Map<number, Span>(), wholeBatch: false };
    uses.set(tensor, use);
    use.groups.set(group, { first: use.groups.get(group)?.first ?? stage, last: stage });
    return use;
  };
  const stages = stagesOf({
    gradient: (tensor) => {
      note(gradients, tensor);
      return 0;
    },
    batchGradient: (tensor) => {
      note(gradients, tensor).wholeBatch = true;
      return 0;
    },
    value: (tensor) => {
      if (tensor.value !== undefined) return 0;
      // Not written in this group: what another group wrote has to be there still.
      const isWritten = values.get(tensor)?.groups.has(group) === true;
      note(values, tensor).wholeBatch ||= !isWritten;
      return 0;
    },
    target: (tensor) => {
      if (tensor.value === undefined) note(values, tensor);
      return 0;
    },
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
  return { gradients, values };
}

function hull(moments: readonly number[]): Span {
  return { first: Math.min(...moments), last: Math.max(...moments) };
}

/** Places buffers so that no two overlap that are needed at the same time: the largest first, each as low as it can. */
function packed(buffers: readonly (readonly [Use, floats: number, readonly Span[]])[]): {
  readonly offsets: ReadonlyMap<Use, number>;
  readonly floats: number;
} {
  const placed: { readonly first: number; readonly end: number; readonly spans: readonly Span[] }[] = [];
  const offsets = new Map<Use, number>();
  for (const [use, size, spans] of buffers.toSorted(([, a], [, b]) => b - a)) {
    const floats = align(size * 4 + slackBytes) / 4;
    const others = placed.filter((other) => spans.some((span) => other.spans.some((o) => meet(o, span))));
    const first = [0, ...others.map(({ end }) => end)]
      .toSorted((a, b) => a - b)
      .find((start) => others.every((other) => start + floats <= other.first || other.end <= start));
    placed.push({ first: first ?? 0, end: (first ?? 0) + floats, spans });
    offsets.set(use, first ?? 0);
  }
  return { offsets, floats: Math.max(0, ...placed.map(({ end }) => end)) };
}

function meet(a: Span, b: Span): boolean {
  return a.first <= b.last && b.first <= a.last;
}
