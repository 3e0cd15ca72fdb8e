/** Addresses of the screen "Pictures" that name some of them: `#/pictures?label=mug`, `#/pictures?device=ID`, `#/pictures?only=ID,ID`. Pure. */
import * as v from 'valibot';
import type { SampleId } from '../../protocol/ids.ts';
import { deviceIdSchema, sampleIdSchema } from '../../protocol/ids.ts';
import type { PictureFilter } from './picture-filter.ts';
import { everything } from './picture-filter.ts';

const onlySchema = v.array(sampleIdSchema);

/** Of the screen with everything on it. */
export const picturesAddress = '#/pictures';

/** To all of the class `label`, or to the pictures `only`. */
export function picturesLink(named: { readonly label: string } | { readonly only: readonly SampleId[] }): string {
  const parameters = 'label' in named ? named : { only: named.only.join(',') };
  return `${picturesAddress}?${new URLSearchParams(parameters).toString()}`;
}

/** What such an address, the hash of the page's, names. What makes no sense in it names nothing. */
export function linkedFilter(hash: string): PictureFilter {
  const named = new URLSearchParams(hash.split('?')[1]);
  const label = named.get('label');
  const device = v.safeParse(deviceIdSchema, named.get('device'));
  const only = v.safeParse(onlySchema, named.get('only')?.split(','));
  return {
    ...everything,
    ...(label !== null && { label: `=${label}` }),
    ...(device.success && { device: device.output }),
    ...(only.success && { only: only.output }),
  };
}
