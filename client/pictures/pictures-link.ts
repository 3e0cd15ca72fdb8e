/** Addresses of the screen "Pictures" that name some of them: `#/pictures?label=mug&seen=cup`, `#/pictures?device=ID`. Pure. */
import * as v from 'valibot';
import { deviceIdSchema } from '../../protocol/ids.ts';
import type { PictureFilter } from './picture-filter.ts';
import { everything } from './picture-filter.ts';

/** Of the screen with everything on it. */
export const picturesAddress = '#/pictures';

/** `label`: the key of what they show; `seen`: of what the device saw in them. */
export function picturesLink(named: { readonly label: string; readonly seen?: string }): string {
  return `${picturesAddress}?${new URLSearchParams(named).toString()}`;
}

/** What such an address, the hash of the page's, names. What makes no sense in it names nothing. */
export function linkedFilter(hash: string): PictureFilter {
  const named = new URLSearchParams(hash.split('?')[1]);
  const [label, seen] = [named.get('label'), named.get('seen')];
  const device = v.safeParse(deviceIdSchema, named.get('device'));
  return {
    ...everything,
    ...(label !== null && { label: `=${label}` }),
    ...(seen !== null && { seen: `=${seen}` }),
    ...(device.success && { device: device.output }),
  };
}
