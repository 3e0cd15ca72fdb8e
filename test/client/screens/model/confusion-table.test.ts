import { expect, it } from 'vitest';
import type { Picture } from '../../../../client/pictures/picture.ts';
import { picturesLink } from '../../../../client/pictures/pictures-link.ts';
import { picturesOfCell } from '../../../../client/screens/model/confusion-table.ts';
import { newDeviceId, newEventId, newSampleId } from '../../../../protocol/ids.ts';
import { figuresWith } from './figures.ts';

function picture(label: string): Picture {
  return {
    sample: newSampleId(),
    capturedAtMs: 1,
    device: newDeviceId(),
    deviceName: null,
    prediction: null,
    said: { label, event: newEventId(), device: newDeviceId(), deviceName: null },
    dispute: null,
    state: { kind: 'held-out' },
  };
}

const [first, second, third] = [picture('cup'), picture('cup'), picture('cup')];
const pictures = [first, second, third, picture('mug')];
const gone = newSampleId();
const figures = figuresWith({}, [
  { label: 'cup', as: 'mug', n: 3, samples: [first.sample, third.sample, gone] },
  { label: 'cup', as: 'bowl', n: 1, samples: [gone] },
  { label: 'mug', as: 'cup', n: 1, samples: [] },
]);

it.each([
  [
    'of a mistake those that were mistaken, as far as they are there',
    'cup',
    'mug',
    { only: [first.sample, third.sample] },
    2,
  ],
  ['of what is right all of the class', 'cup', 'cup', { label: 'cup' }, 3],
] as const)('leads from a cell %s', (_, truth, answer, named, count) => {
  expect(picturesOfCell(pictures, figures, truth, answer)).toEqual({ href: picturesLink(named), count });
});

it.each([
  ['a mistake whose pictures are gone', 'cup', 'bowl'],
  ['a mistake of pictures that are none of the room’s', 'mug', 'cup'],
  ['a class without pictures', 'bowl', 'bowl'],
] as const)('leads nowhere from %s', (_, truth, answer) => {
  expect(picturesOfCell(pictures, figures, truth, answer)).toBeNull();
});
