import { expect, it } from 'vitest';
import type { Picture } from '../../../../client/pictures/picture.ts';
import { picturesOfCell } from '../../../../client/screens/model/confusion-table.ts';
import { newDeviceId, newEventId, newSampleId } from '../../../../protocol/ids.ts';

/** A picture of this label in which the device saw that one. */
function picture(label: string | null, saw: string | null): Picture {
  return {
    sample: newSampleId(),
    capturedAtMs: 1,
    device: newDeviceId(),
    deviceName: null,
    prediction: saw === null ? null : { label: saw, probability: 0.6 },
    said: { label, event: newEventId() },
    dispute: null,
    state: { kind: 'held-out' },
  };
}

const pictures = [picture('cup', 'mug'), picture('cup', 'cup'), picture('cup', null), picture('mug', 'cup')];

it.each([
  ['of a mistake those that a device saw the same in', 'cup', 'mug', { kind: 'seen', count: 1 }],
  ['of a mistake that no device made all of the class', 'cup', 'bowl', { kind: 'all', count: 3 }],
  ['of what is right all of the class', 'cup', 'cup', { kind: 'all', count: 3 }],
  ['nothing of a class without pictures', 'bowl', 'cup', { kind: 'all', count: 0 }],
] as const)('shows behind a cell %s', (_, truth, answer, expected) => {
  expect(picturesOfCell(pictures, truth, answer)).toEqual(expected);
});
