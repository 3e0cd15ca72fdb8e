/** The pictures that were kept, from everything that is known of them here. Pure. */
import type { DeviceId, SampleId } from '../../protocol/ids.ts';
import { effectiveLabel } from '../../protocol/label-log.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { PictureEntry } from '../../protocol/messages/pictures.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { ExampleRecord } from '../storage/database.ts';

/** Where a picture has got to. */
export type PictureState =
  /** It, or what was last said of it, waits to be sent. */
  | { readonly kind: 'here' }
  | { readonly kind: 'sent' }
  /** The first version that learned from it. */
  | { readonly kind: 'learned'; readonly version: number }
  /** It judges versions, which never learn from it. */
  | { readonly kind: 'held-out' }
  | { readonly kind: 'refused'; readonly why: string };

export type Picture = Pick<PictureEntry, 'sample' | 'capturedAtMs' | 'device' | 'deviceName' | 'prediction'> &
  Pick<PictureEntry, 'said' | 'dispute'> & { readonly state: PictureState };

/** A sample of this device as its outbox has it, or had it. */
export type OwnSample = Pick<Sample, 'id' | 'capturedAtMs' | 'reason' | 'prediction'> & {
  readonly state: Extract<PictureState, { kind: 'here' | 'sent' | 'refused' }>;
};

/** Something said on this device; `waiting` until the hub has it. */
export type OwnWord = { readonly event: LabelEvent; readonly waiting: boolean };

/** What this device has learned; its picture is here. */
export type OwnExample = Pick<ExampleRecord, 'sample' | 'event' | 'label'>;

export type PictureSources = {
  readonly device: DeviceId;
  /** What the hub told. */
  readonly entries: Iterable<PictureEntry>;
  readonly samples: readonly OwnSample[];
  readonly words: readonly OwnWord[];
  readonly examples: readonly OwnExample[];
};

/** Who took or named a picture. */
type Giver = Pick<PictureEntry, 'device' | 'deviceName'>;

/** Newest first, each once: as the hub told of it, else as the outbox has it, else as this device learned it. */
export function picturesOf({ device, entries, samples, words, examples }: PictureSources): readonly Picture[] {
  const bases = new Map<SampleId, Picture>();
  const giver = { device, deviceName: null };
  const own = { ...giver, dispute: null };
  for (const { sample, event, label } of examples)
    bases.set(sample, {
      ...own,
      sample,
      capturedAtMs: madeAtMs(sample),
      prediction: null,
      said: { label, event, ...giver },
      state: { kind: 'sent' },
    });
  for (const { id: sample, capturedAtMs, prediction, state } of samples)
    bases.set(sample, { ...own, sample, capturedAtMs, prediction, said: null, state });
  for (const entry of entries) bases.set(entry.sample, { ...entry, state: stateOf(entry) });
  const said = new Map<SampleId, OwnWord[]>();
  for (const word of words) said.set(word.event.sample, [...(said.get(word.event.sample) ?? []), word]);
  return [...bases.values()]
    .flatMap((base) => withWords(base, said.get(base.sample) ?? [], giver) ?? [])
    .sort((a, b) => (a.sample < b.sample ? 1 : -1));
}

function stateOf({ heldOut, learnedIn }: PictureEntry): PictureState {
  if (heldOut) return { kind: 'held-out' };
  return learnedIn === null ? { kind: 'sent' } : { kind: 'learned', version: learnedIn };
}

/** The picture with what was said here since; undefined when it was deleted. */
function withWords(base: Picture, words: readonly OwnWord[], giver: Giver): Picture | undefined {
  if (words.length === 0) return base;
  const known: readonly LabelEvent[] = base.said ? [asEvent(base.sample, base.said)] : [];
  const effective = effectiveLabel([...known, ...words.map(({ event }) => event)]);
  if (effective.kind === 'deleted') return undefined;
  const word = effective.kind === 'labelled' ? { label: effective.label, event: effective.event, ...giver } : null;
  const changed = word?.event !== base.said?.event;
  const said = changed ? word : base.said;
  const waiting = base.state.kind !== 'refused' && words.some((word) => word.waiting);
  // What versions made of the earlier label says nothing of this one.
  const state = waiting ? ({ kind: 'here' } as const) : changed ? sentAtMost(base.state) : base.state;
  return { ...base, said, dispute: changed ? null : base.dispute, state };
}

function sentAtMost(state: PictureState): PictureState {
  return state.kind === 'learned' || state.kind === 'held-out' ? { kind: 'sent' } : state;
}

function asEvent(sample: SampleId, { label, event }: NonNullable<Picture['said']>): LabelEvent {
  return { type: 'label-event', kind: 'label', id: event, sample, label, atMs: 0 };
}

/** A UUIDv7 begins with the milliseconds since 1970 at which it was made. */
function madeAtMs(sample: SampleId): number {
  return Number.parseInt(sample.slice(0, 8) + sample.slice(9, 13), 16);
}
