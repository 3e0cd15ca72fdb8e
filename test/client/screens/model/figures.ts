/** Figures of a version, written by hand. */
import type { Figures } from '../../../../protocol/messages/history.ts';

type Counts = Partial<Omit<Figures['classes'][number], 'label'>>;

/** Classes by label; what is not given is 0, and as many answers were claimed as were right. */
export function figuresWith(
  classes: Readonly<Record<string, Counts>>,
  confusions: Figures['confusions'] = [],
): Figures {
  return {
    classes: Object.entries(classes).map(([label, counts]) => ({
      label,
      taught: 0,
      n: 0,
      rightBefore: 0,
      rightAfter: 0,
      claimed: counts.rightAfter ?? 0,
      ...counts,
    })),
    confusions,
    curve: [],
  };
}
