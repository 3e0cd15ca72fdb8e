/** How each version did on the pictures that judged it, and how many corrections came in before it. Pure. */
import type { Interval } from '../../../protocol/learning/wilson-interval.ts';
import type { History } from '../../../protocol/messages/history.ts';
import { intervalOf } from './class-figures.ts';

/** More of them have no room for their numbers on a phone. */
const mostVersions = 8;

export type VersionPoint = {
  readonly version: number;
  /** No device ever ran it. */
  readonly refused: boolean;
  readonly right: number;
  /** Pictures that judged it: not the same, and not as many, as those of another version. */
  readonly n: number;
  /** Of the part that is right, at 95 %. */
  readonly interval: Interval;
  /** Than the round before it learned from; fewer than none when some were taken back. Null: the hub told of no round before. */
  readonly moreCorrections: number | null;
};

/** Oldest first, the newest of them; without those that no picture judged. */
export function versionPoints(versions: History['versions']): readonly VersionPoint[] {
  return versions
    .flatMap(({ version, checked, report }, i) => {
      if (!checked || checked.n === 0 || !report) return [];
      const before = versions[i + 1];
      return [
        {
          version,
          refused: report.verdict === 'refused',
          right: checked.rightAfter,
          n: checked.n,
          interval: intervalOf(checked.rightAfter, checked.n),
          moreCorrections: before ? report.corrections - (before.report?.corrections ?? 0) : null,
        },
      ];
    })
    .slice(0, mostVersions)
    .reverse();
}
