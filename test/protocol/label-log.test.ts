import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventId } from '../../protocol/ids.ts';
import { newDeviceId, newEventId, newSampleId } from '../../protocol/ids.ts';
import { disputeOf, effectiveLabel, effectiveLabels } from '../../protocol/label-log.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';

const samples = [newSampleId(), newSampleId()];
const ids = Array.from({ length: 12 }, newEventId).sort();

/** Any set of events on two samples, each with an id of its own. */
const eventsArbitrary: fc.Arbitrary<readonly LabelEvent[]> = fc
  .uniqueArray(
    fc.record({
      id: fc.nat({ max: ids.length - 1 }),
      sample: fc.nat({ max: 1 }),
      kind: fc.constantFrom('label', 'relabel', 'undo', 'undo', 'delete'),
      label: fc.constantFrom('mug', 'cup', null),
      undoes: fc.nat({ max: ids.length - 1 }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  )
  .map((drawn) =>
    drawn.map(({ id, sample, kind, label, undoes }) => {
      const head = { type: 'label-event' as const, id: at(ids, id), sample: at(samples, sample), atMs: 1 };
      if (kind === 'undo') return { ...head, kind, undoes: at(ids, undoes) };
      return kind === 'delete' ? { ...head, kind } : { ...head, kind, label };
    }),
  );

function at<T>(items: readonly T[], index: number): T {
  return items[index] as T; // The arbitrary keeps the index within.
}

describe('the effective label', () => {
  it('does not depend on the order in which events came, nor on how often', () => {
    fc.assert(
      fc.property(eventsArbitrary, fc.infiniteStream(fc.nat()), (events, keys) => {
        const twice = [...events, ...events].map((event) => ({ event, key: keys.next().value as number }));
        const mixed = twice.sort((a, b) => a.key - b.key).map(({ event }) => event);
        expect(new Map(effectiveLabels(mixed))).toEqual(new Map(effectiveLabels(events)));
      }),
      { numRuns: 500 },
    );
  });

  it('is that of the latest label that nobody took back, found by looking at each event alone', () => {
    fc.assert(
      fc.property(eventsArbitrary, (events) => {
        for (const sample of samples) {
          const own = events.filter((event) => event.sample === sample);
          const isUndone = (id: EventId): boolean => own.some((event) => event.kind === 'undo' && event.undoes === id);
          const standing = own.filter((event) => 'label' in event && !isUndone(event.id)).map(({ id }) => id);
          const label = effectiveLabel(own);
          if (own.some(({ kind }) => kind === 'delete')) expect(label.kind).toBe('deleted');
          else if (label.kind === 'labelled') expect(label.event).toBe(standing.sort().at(-1));
          else expect([label.kind, standing]).toEqual(['unlabelled', []]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('returns to what it was when the last label is undone', () => {
    fc.assert(
      fc.property(eventsArbitrary, (events) => {
        const [sample = newSampleId()] = samples;
        const own = events.filter((event) => event.sample === sample);
        const more: LabelEvent = {
          type: 'label-event',
          kind: 'relabel',
          id: newEventId(),
          sample,
          atMs: 1,
          label: 'plate',
        };
        const undo: LabelEvent = {
          type: 'label-event',
          kind: 'undo',
          id: newEventId(),
          sample,
          atMs: 1,
          undoes: more.id,
        };
        expect(effectiveLabel([...own, more, undo])).toEqual(effectiveLabel(own));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a dispute', () => {
  const devices = [newDeviceId(), newDeviceId(), newDeviceId()];
  /** Words on one sample, in the order of their ids: who says what. */
  const words = (...said: readonly (readonly [device: number, label: string | null])[]) =>
    said.map(([device, label], i) => ({
      device: at(devices, device),
      event: {
        type: 'label-event' as const,
        kind: 'label' as const,
        id: at(ids, i),
        sample: at(samples, 0),
        atMs: 1,
        label,
      },
    }));

  it.each([
    ['there is none while nobody has said anything', words(), null],
    ['there is none while one device alone speaks, whatever it says', words([0, 'mug'], [0, 'cup']), null],
    ['there is none while all say the same', words([0, 'mug'], [1, 'mug']), null],
    ['another device opens one', words([0, 'mug'], [1, 'cup']), { label: 'mug' }],
    ['"none of these" opens one, too, and is contradicted', words([0, null], [1, 'cup']), { label: null }],
    ['the next word settles it when it goes back', words([0, 'mug'], [1, 'cup'], [0, 'mug']), null],
    ['the next word settles it when it agrees', words([0, 'mug'], [1, 'cup'], [0, 'cup']), null],
    ['the next word settles it when it says a third thing', words([0, 'mug'], [1, 'cup'], [2, 'bowl']), null],
    ['one that was settled can open again', words([0, 'mug'], [1, 'cup'], [2, 'cup'], [0, 'mug']), { label: 'cup' }],
  ])('%s', (_, said, expected) => {
    expect(disputeOf(said)).toEqual(expected);
  });

  it('ends when the word that opened it, or the one that it contradicts, is undone', () => {
    const said = words([0, 'mug'], [1, 'cup']);
    for (const { device, event } of said) {
      const undo: LabelEvent = {
        type: 'label-event',
        kind: 'undo',
        id: newEventId(),
        sample: event.sample,
        undoes: event.id,
        atMs: 1,
      };
      expect(disputeOf([...said, { device, event: undo }])).toBeNull();
    }
  });

  it('does not depend on the order in which words came', () => {
    fc.assert(
      fc.property(eventsArbitrary, fc.array(fc.nat({ max: 2 }), { minLength: 8, maxLength: 8 }), (events, who) => {
        const said = events.map((event, i) => ({ device: at(devices, at(who, i)), event }));
        expect(disputeOf([...said].reverse())).toEqual(disputeOf(said));
      }),
    );
  });
});
