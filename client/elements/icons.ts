/** The app's few icons, drawn on a grid of 24, in the colour of the text beside them. */
import type { TemplateResult } from 'lit';
import { svg } from 'lit';

const drawn = (path: string): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path} /></svg>`;

export const icons = {
  camera: drawn('M4 8h3l2-3h6l2 3h3v11H4ZM12 10a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4'),
  source: drawn('M4 5h16v14H4ZM4 16l5-5l4.5 4.5l2.5-2.5l4 4M15.5 9v.1'),
  pictures: drawn('M4 4h7v7H4ZM13 4h7v7h-7ZM4 13h7v7H4ZM13 13h7v7h-7Z'),
  inside: drawn('M12 3.5l8.5 4.5l-8.5 4.5L3.5 8ZM3.5 12l8.5 4.5l8.5-4.5M3.5 16l8.5 4.5l8.5-4.5'),
  model: drawn('M4 19V5M4 19h16M7.5 15l4-5l3 3l5-7'),
  questions: drawn('M5 4h14v12h-7l-5 4v-4H5ZM10 8.4a2 2 0 1 1 3 1.8c-.7.4-1 .7-1 1.4M12 13.6v.1'),
  hold: drawn('M9 5v14M15 5v14'),
  goOn: drawn('M8 5l11 7l-11 7Z'),
  together: drawn('M9 4v5H4M15 4v5h5M20 15h-5v5M4 15h5v5'),
  alone: drawn('M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5'),
  flip: drawn('M4 11a8 8 0 0 1 14-4l2 2M20 4v5h-5M20 13a8 8 0 0 1-14 4l-2-2M4 20v-5h5'),
  torch: drawn('M8 3h8v4l-2 4v10h-4V11L8 7ZM8 7h8M12 14v2'),
  mirror: drawn('M12 3v18M9 7l-5 10h5ZM15 7l5 10h-5Z'),
  explain: drawn('M12 3c1 4 5 5.5 5 10a5 5 0 0 1-10 0c0-2 1-3 2-4c.5 1.5 1 2 2 2c1.5-2 .5-5 1-8Z'),
  settings: drawn('M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5'),
  keys: drawn('M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.6v.1'),
} as const;
