/** How often a device may ask about a picture, as its owner chooses. */
import type { Cap } from './caps.ts';

export const askingLevels = ['never', 'seldom', 'normal', 'often'] as const;
export type AskingLevel = (typeof askingLevels)[number];

/** The most questions in any minute, hour and day. */
type AskingRate = { readonly minute: number; readonly hour: number; readonly day: number };

export const askingRates: Readonly<Record<AskingLevel, AskingRate>> = {
  never: { minute: 0, hour: 0, day: 0 },
  seldom: { minute: 1, hour: 3, day: 10 },
  normal: { minute: 2, hour: 6, day: 20 },
  often: { minute: 4, hour: 20, day: 60 },
};

const minuteMs = 60_000;

export function askingCaps(level: AskingLevel): readonly Cap[] {
  const { minute, hour, day } = askingRates[level];
  return [
    { most: minute, withinMs: minuteMs },
    { most: hour, withinMs: 60 * minuteMs },
    { most: day, withinMs: 24 * 60 * minuteMs },
  ];
}
