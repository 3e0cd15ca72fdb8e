/** What a round learns from: the room's views and the base's replayed records, each with its target. */
import { softmax } from '../../../protocol/learning/metrics.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import { recordsOf } from '../../models/latent-bank.ts';
import type { KnownBase } from './known-base.ts';
import type { SampleLatents } from './room-latents.ts';

/** The right label's share of a target; the rest is spread evenly, as when the base was trained. */
const certainty = 0.9;

export type Example = {
  /** An activation at the cut. */
  readonly latent: Float32Array;
  /** What the head should make of it: `[labels]`. */
  readonly target: Float32Array;
  /** Of the right label among all; null: no label is right, or it is the base's word that counts. */
  readonly place: number | null;
};

/** By class. */
export type TailExamples = {
  readonly room: readonly (readonly Example[])[];
  readonly replayed: readonly (readonly Example[])[];
};

/** `cut`: one of the base's. `start`: whose labels the targets are for, the base's first. */
export async function tailExamples(
  base: KnownBase,
  room: readonly SampleLatents[],
  start: Candidate,
  cut: string,
): Promise<TailExamples> {
  return { room: await roomClasses(base, room, start, cut), replayed: await replayedClasses(base, start, cut) };
}

/** "None of these" is a class of its own, to which every label is as likely. */
async function roomClasses(
  base: KnownBase,
  room: readonly SampleLatents[],
  start: Candidate,
  cut: string,
): Promise<readonly (readonly Example[])[]> {
  const views = learnableViews(room, start);
  const latents = await base.carried(
    views.map(({ view }) => view),
    cut,
  );
  const classes = new Map<string | null, Example[]>();
  for (const [i, { label, place }] of views.entries()) {
    const examples = classes.get(label) ?? [];
    classes.set(label, examples);
    examples.push({ latent: latents[i] ?? new Float32Array(), target: targetOf(place, start.labels.length), place });
  }
  return [...classes.values()];
}

export type LearnableView = {
  readonly label: string | null;
  readonly place: number | null;
  readonly view: Float32Array;
};

/** The room's views to train on whose label, if any, is one of `labels`, at the bank's cut; none where there is no label. */
export function learnableViews(
  room: readonly SampleLatents[],
  { labels }: Pick<Candidate, 'labels'>,
): readonly LearnableView[] {
  if (labels.length === 0) return [];
  const places = new Map(labels.map(({ key }, i) => [key, i]));
  return room.flatMap(({ sample: { label }, views }) => {
    const place = label === null ? null : places.get(label);
    return place === undefined ? [] : views.map((view) => ({ label, place, view }));
  });
}

/** What the head should make of a picture of the label at `place`; null is "none of these": `[labels]`. */
export function targetOf(place: number | null, labels: number): Float32Array {
  if (place === null) return new Float32Array(labels).fill(1 / labels);
  const target = new Float32Array(labels).fill((1 - certainty) / labels);
  target[place] = (target[place] ?? 0) + certainty;
  return target;
}

/**
 * The bank's records to train on; the target of each is what the base itself answers (learning without forgetting: Li &
 * Hoiem 2016). The true labels would teach so few records by heart and forget the others.
 */
async function replayedClasses(
  base: KnownBase,
  start: Candidate,
  cut: string,
): Promise<readonly (readonly Example[])[]> {
  const latents = await base.records(cut);
  const { logits } = await base.saidOfRecords();
  const classes = base.model.labels.map((): Example[] => []);
  for (const record of recordsOf(base.bank, 'replay')) {
    const target = new Float32Array(start.labels.length);
    target.set(softmax(logits[record] ?? new Float32Array()));
    classes[base.bank.labels[record] ?? 0]?.push({
      latent: latents[record] ?? new Float32Array(),
      target,
      place: null,
    });
  }
  return classes;
}
