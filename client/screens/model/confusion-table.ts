/** What was taken for what, as a table that fits a page. Pure. */
import type { Figures } from '../../../protocol/messages/history.ts';
import { everything, filterPictures } from '../../pictures/picture-filter.ts';
import type { Picture } from '../../pictures/picture.ts';
import { picturesLink } from '../../pictures/pictures-link.ts';

/** More rows and columns than this nobody reads. */
const mostLabels = 10;

type Confusion = Figures['confusions'][number];

export type ConfusionTable = {
  /** In the order of rows and of columns. */
  readonly labels: readonly string[];
  /** `[truth][answer]`: pictures of that label that got that answer. */
  readonly counts: readonly (readonly number[])[];
  /** Wrong answers that stand in no cell. */
  readonly elsewhere: number;
  /** Classes with pictures that were never taken for another, nor another for them. */
  readonly clean: number;
};

/** The pairs that people taught a label of come first, then the most frequent, as long as their labels fit. */
export function confusionTable({ classes, confusions }: Figures): ConfusionTable {
  const taught = new Set(classes.flatMap((one) => (one.taught > 0 ? [one.label] : [])));
  const taughtOf = ({ label, as }: Confusion): number => Number(taught.has(label)) + Number(taught.has(as));
  const shownLabels = new Set<string>();
  for (const pair of [...confusions].sort((a, b) => taughtOf(b) - taughtOf(a) || b.n - a.n)) {
    const both = new Set([...shownLabels, pair.label, pair.as]);
    if (both.size <= mostLabels) for (const label of both) shownLabels.add(label);
  }
  const labels = [...shownLabels];
  const right = new Map(classes.map(({ label, rightAfter }) => [label, rightAfter]));
  const counts = labels.map((truth) =>
    labels.map((answer) =>
      truth === answer
        ? (right.get(truth) ?? 0)
        : (confusions.find(({ label, as }) => label === truth && as === answer)?.n ?? 0),
    ),
  );
  const shown = counts.flatMap((row, i) => row.filter((_, j) => i !== j)).reduce((sum, n) => sum + n, 0);
  const confused = new Set(confusions.flatMap(({ label, as }) => [label, as]));
  return {
    labels,
    counts,
    elsewhere: confusions.reduce((sum, { n }) => sum + n, 0) - shown,
    clean: classes.filter(({ label, n }) => n > 0 && !confused.has(label)).length,
  };
}

/**
 * What there is to see behind a cell, by `picturesLink`, and how many: right ones lead to all of their class, a mistake to those
 * pictures that were mistaken. Null where this device knows of none.
 */
export function picturesOfCell(
  pictures: readonly Picture[],
  { confusions }: Figures,
  truth: string,
  answer: string,
): { readonly href: string; readonly count: number } | null {
  if (truth === answer) {
    const count = filterPictures(pictures, { ...everything, label: `=${truth}` }, 0).length;
    return count > 0 ? { href: picturesLink({ label: truth }), count } : null;
  }
  const mistaken = confusions.find(({ label, as }) => label === truth && as === answer)?.samples ?? [];
  const only = filterPictures(pictures, { ...everything, only: mistaken }, 0).map(({ sample }) => sample);
  return only.length > 0 ? { href: picturesLink({ only }), count: only.length } : null;
}
