/** A sign for each state of a picture, drawn on a grid of 16, in the colour of the text beside it. */
import type { TemplateResult } from 'lit';
import { svg } from 'lit';
import type { PictureState } from '../../pictures/picture.ts';

const drawn = (path: string): TemplateResult =>
  svg`<svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path} /></svg>`;

export const stateIcons: Readonly<Record<PictureState['kind'], TemplateResult>> = {
  here: drawn('M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2 1.4'),
  sent: drawn('M3 8.5l3.2 3.2L13 5'),
  learned: drawn('M2 8l2.8 2.8L10 5.2M7.5 10.2l.8.8L14 5.2'),
  'held-out': drawn('M8 2.5v11M4.5 13.5h7M3 5h10M3 5l-1.3 4h2.8ZM13 5l-1.4 4h2.8Z'),
  refused: drawn('M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M5.8 5.8l4.4 4.4'),
};
