/** What a sample shows, from everything that was ever said of it. */
import type { DeviceId, EventId, SampleId } from './ids.ts';
import type { LabelEvent } from './messages/label-event.ts';

export type EffectiveLabel =
  | { readonly kind: 'unlabelled' }
  /** `label` null is "none of these"; `event` is the one that is in force. */
  | { readonly kind: 'labelled'; readonly label: string | null; readonly event: EventId }
  | { readonly kind: 'deleted' };

/**
 * The effective label of each sample that any event names; a pure function of the set of events, in whatever order
 * and however often they came.
 *
 * - Of `label` and `relabel` the latest id that was not undone wins.
 * - `undo` takes back a `label` or `relabel` of the same sample, also one with a later id: the clocks of two devices
 *   may differ. An undo cannot be undone (say the label again), nor can a `delete`.
 * - `delete` is final.
 */
export function effectiveLabels(events: Iterable<LabelEvent>): ReadonlyMap<SampleId, EffectiveLabel> {
  const bySample = new Map<SampleId, LabelEvent[]>();
  for (const event of events) {
    const said = bySample.get(event.sample);
    if (said) said.push(event);
    else bySample.set(event.sample, [event]);
  }
  return new Map([...bySample].map(([sample, said]) => [sample, effectiveLabel(said)]));
}

/** The same for the events of one sample. */
export function effectiveLabel(events: readonly LabelEvent[]): EffectiveLabel {
  if (events.some((event) => event.kind === 'delete')) return { kind: 'deleted' };
  const undone = new Set(events.flatMap((event) => (event.kind === 'undo' ? [event.undoes] : [])));
  let latest: Extract<LabelEvent, { kind: 'label' | 'relabel' }> | undefined;
  for (const event of events) {
    if (event.kind !== 'label' && event.kind !== 'relabel') continue;
    if (!undone.has(event.id) && (!latest || event.id > latest.id)) latest = event;
  }
  return latest ? { kind: 'labelled', label: latest.label, event: latest.id } : { kind: 'unlabelled' };
}

/** An event and the device on which it was said. */
export type Word = { readonly device: DeviceId; readonly event: LabelEvent };

/**
 * What the label in force contradicts, from the words on one sample in any order; null when nobody disagrees. Of the labels
 * that no `undo` names, in the order of their ids: one that contradicts the last one, said on another device, opens a
 * dispute, and the next one, whatever it says and on whichever device, settles it.
 */
export function disputeOf(words: readonly Word[]): { readonly label: string | null } | null {
  const undone = new Set(words.flatMap(({ event }) => (event.kind === 'undo' ? [event.undoes] : [])));
  const labels = words
    .flatMap(({ device, event }) => (event.kind === 'label' || event.kind === 'relabel' ? [{ device, event }] : []))
    .filter(({ event }) => !undone.has(event.id))
    .sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
  let contradicted: Extract<LabelEvent, { kind: 'label' | 'relabel' }> | null = null;
  for (const [i, { device, event }] of labels.entries()) {
    const last = labels[i - 1];
    const differs = last !== undefined && last.device !== device && last.event.label !== event.label;
    contradicted = differs && !contradicted ? last.event : null;
  }
  return contradicted && { label: contradicted.label };
}
