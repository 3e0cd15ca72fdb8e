import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PictureSources } from '../../../client/pictures/picture.ts';
import { picturesOf } from '../../../client/pictures/picture.ts';
import type { SampleId } from '../../../protocol/ids.ts';
import { newDeviceId, newEventId, newSampleId } from '../../../protocol/ids.ts';
import type { LabelEvent } from '../../../protocol/messages/label-event.ts';
import type { PictureEntry } from '../../../protocol/messages/pictures.ts';
import { newLabel } from '../../support/test-device.ts';

const here = newDeviceId();

const nothing: PictureSources = { device: here, entries: [], samples: [], words: [], examples: [] };

function entry(values: Partial<PictureEntry> = {}): PictureEntry {
  return {
    sample: newSampleId(),
    capturedAtMs: 1,
    device: newDeviceId(),
    deviceName: 'Phone',
    reason: 'corrected',
    prediction: null,
    said: { label: 'mug', event: newEventId(), device: newDeviceId(), deviceName: 'Laptop' },
    dispute: null,
    heldOut: false,
    learnedIn: null,
    ...values,
  };
}

const ownSample = (id: SampleId, kind: 'here' | 'sent' = 'here'): PictureSources['samples'][number] => ({
  id,
  capturedAtMs: 5,
  reason: 'corrected',
  prediction: null,
  state: { kind },
});

const undoOf = ({ sample, id }: LabelEvent): LabelEvent => ({
  type: 'label-event',
  kind: 'undo',
  id: newEventId(),
  sample,
  undoes: id,
  atMs: 1,
});

it('shows each picture once, newest first, wherever it lies', () => {
  const [learned, told, waiting] = [newSampleId(), newSampleId(), newSampleId()];
  const event = newLabel(waiting, 'cup');
  const pictures = picturesOf({
    ...nothing,
    examples: [
      { sample: learned, event: newEventId(), label: null },
      { sample: told, event: newEventId(), label: 'mug' },
      { sample: waiting, event: event.id, label: 'cup' },
    ],
    entries: [entry({ sample: told, learnedIn: 3 })],
    samples: [ownSample(waiting)],
    words: [{ event, waiting: true }],
  });
  expect(pictures.map(({ sample, said, state }) => [sample, said?.label, state])).toEqual([
    [waiting, 'cup', { kind: 'here' }],
    [told, 'mug', { kind: 'learned', version: 3 }],
    [learned, null, { kind: 'sent' }],
  ]);
  expect(pictures.at(-1)?.device).toBe(here);
  // The time of making stands in the id.
  expect(Math.abs((pictures.at(-1)?.capturedAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
});

it('says of a picture that judges, and of one that the hub will never take', () => {
  const judges = entry({ heldOut: true });
  const refused = newSampleId();
  const pictures = picturesOf({
    ...nothing,
    entries: [judges],
    samples: [{ ...ownSample(refused), state: { kind: 'refused', why: 'Damaged.' } }],
    words: [{ event: newLabel(refused, 'mug'), waiting: true }],
  });
  expect(pictures.map(({ state }) => state)).toEqual([{ kind: 'refused', why: 'Damaged.' }, { kind: 'held-out' }]);
});

it('puts what was said here over what the hub told, and back when it is undone', () => {
  const told = entry({ learnedIn: 2, dispute: { label: 'bowl' } });
  const relabel = newLabel(told.sample, 'cup');
  const words = [{ event: relabel, waiting: true }];
  expect(picturesOf({ ...nothing, entries: [told], words })).toMatchObject([
    { said: { label: 'cup' }, dispute: null, state: { kind: 'here' } },
  ]);
  const sent = [{ event: relabel, waiting: false }];
  expect(picturesOf({ ...nothing, entries: [told], words: sent })).toMatchObject([{ state: { kind: 'sent' } }]);
  const undone = [...sent, { event: undoOf(relabel), waiting: false }];
  expect(picturesOf({ ...nothing, entries: [told], words: undone })).toMatchObject([
    { said: told.said, dispute: told.dispute, state: { kind: 'learned', version: 2 } },
  ]);
});

it('lets what somebody said later elsewhere win over what was said here before', () => {
  const earlier = newLabel(newSampleId(), 'cup');
  const told = entry({
    sample: earlier.sample,
    said: { label: 'mug', event: newEventId(), device: newDeviceId(), deviceName: null },
  });
  expect(picturesOf({ ...nothing, entries: [told], words: [{ event: earlier, waiting: true }] })).toMatchObject([
    { said: { label: 'mug' } },
  ]);
});

it('shows no deleted picture, and nothing of words about pictures that it does not know', () => {
  const told = entry();
  const erase: LabelEvent = { type: 'label-event', kind: 'delete', id: newEventId(), sample: told.sample, atMs: 1 };
  const words = [
    { event: erase, waiting: true },
    { event: newLabel(newSampleId(), 'mug'), waiting: true },
  ];
  expect(picturesOf({ ...nothing, entries: [told], words })).toEqual([]);
});

it('does not depend on the order in which things are known', () => {
  const entries = Array.from({ length: 6 }, () => entry());
  const words = entries.flatMap(({ sample }, i) => {
    const event = newLabel(sample, `class ${String(i)}`);
    return [event, ...(i % 2 === 0 ? [undoOf(event)] : [])].map((one) => ({ event: one, waiting: i % 3 === 0 }));
  });
  const inOrder = picturesOf({ ...nothing, entries, words });
  fc.assert(
    fc.property(
      fc.shuffledSubarray(entries, { minLength: entries.length }),
      fc.shuffledSubarray(words, { minLength: words.length }),
      (someEntries, someWords) => {
        expect(picturesOf({ ...nothing, entries: someEntries, words: someWords })).toEqual(inOrder);
      },
    ),
  );
});
