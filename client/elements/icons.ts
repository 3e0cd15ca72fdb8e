/** The app's few icons, drawn on a grid of 24, in the colour of the text beside them. */
import type { TemplateResult } from 'lit';
import { svg } from 'lit';

const drawn = (path: string): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path} /></svg>`;

export const icons = {
  source: drawn('M4 8h3l2-3h6l2 3h3v11H4ZM12 10a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4'),
  settings: drawn('M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5'),
  keys: drawn('M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.6v.1'),
} as const;
