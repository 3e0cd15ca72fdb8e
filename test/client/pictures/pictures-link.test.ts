import { expect, it } from 'vitest';
import { everything } from '../../../client/pictures/picture-filter.ts';
import { linkedFilter, picturesLink } from '../../../client/pictures/pictures-link.ts';
import { newDeviceId } from '../../../protocol/ids.ts';

it.each(['mug', 'any', 'tè & caffè?', 'a=b#c'])(
  'leads to the pictures of the class %s, and to those taken for another',
  (label) => {
    expect(linkedFilter(picturesLink({ label }))).toEqual({ ...everything, label: `=${label}` });
    expect(linkedFilter(picturesLink({ label: 'mug', seen: label }))).toEqual({
      ...everything,
      label: '=mug',
      seen: `=${label}`,
    });
  },
);

it('leads to the pictures of a device', () => {
  const device = newDeviceId();
  expect(linkedFilter(`#/pictures?device=${device}`)).toEqual({ ...everything, device });
});

it.each(['#/pictures', '#/pictures?', '#/pictures?device=somebody', '#/pictures?colour=red'])(
  'shows everything at %s',
  (hash) => {
    expect(linkedFilter(hash)).toEqual(everything);
  },
);
