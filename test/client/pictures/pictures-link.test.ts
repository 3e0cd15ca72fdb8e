import { expect, it } from 'vitest';
import { everything } from '../../../client/pictures/picture-filter.ts';
import { linkedFilter, picturesLink } from '../../../client/pictures/pictures-link.ts';
import { newDeviceId, newSampleId } from '../../../protocol/ids.ts';

it.each(['mug', 'any', 'tè & caffè?', 'a=b#c'])('leads to the pictures of the class %s', (label) => {
  expect(linkedFilter(picturesLink({ label }))).toEqual({ ...everything, label: `=${label}` });
});

it('leads to certain pictures alone', () => {
  const only = [newSampleId(), newSampleId()];
  expect(linkedFilter(picturesLink({ only }))).toEqual({ ...everything, only });
});

it('leads to the pictures of a device', () => {
  const device = newDeviceId();
  expect(linkedFilter(`#/pictures?device=${device}`)).toEqual({ ...everything, device });
});

it.each(['#/pictures', '#/pictures?', '#/pictures?device=somebody', '#/pictures?colour=red', '#/pictures?only=all'])(
  'shows everything at %s',
  (hash) => {
    expect(linkedFilter(hash)).toEqual(everything);
  },
);
