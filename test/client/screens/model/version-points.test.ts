import { expect, it } from 'vitest';
import type { ModelHash } from '../../../../protocol/ids.ts';
import type { History } from '../../../../protocol/messages/history.ts';
import { versionPoints } from '../../../../client/screens/model/version-points.ts';

type Version = History['versions'][number];

const hash = 'a'.repeat(64) as ModelHash; // 64 hexadecimal digits

/** A version that learned from so many corrections, and what judged it. */
function judged(version: number, corrections: number, checked: Version['checked'], refused = false): Version {
  return {
    version,
    createdAtMs: version,
    checked,
    report: {
      type: 'report',
      model: hash,
      parent: hash,
      version,
      verdict: refused ? 'refused' : 'promoted',
      reasons: [],
      fixes: [],
      breaks: [],
      classes: [],
      corrections,
      deltaBytes: 1,
      seconds: 1,
    },
  };
}

const base: Version = { version: 1, createdAtMs: 1, checked: null, report: null };
const of = (rightAfter: number, n: number): Version['checked'] => ({ n, rightBefore: 0, rightAfter });

it('says of each version, oldest first, what it got right and how many corrections came in before it', () => {
  const points = versionPoints([
    judged(4, 25, of(18, 24)),
    judged(3, 30, of(6, 20), true),
    judged(2, 10, of(9, 10)),
    base,
  ]);
  expect(
    points.map(({ version, right, n, moreCorrections, refused }) => [version, right, n, moreCorrections, refused]),
  ).toEqual([
    [2, 9, 10, 10, false],
    [3, 6, 20, 20, true],
    [4, 18, 24, -5, false],
  ]);
  for (const { right, n, interval } of points) {
    expect(interval.low).toBeLessThan(right / n);
    expect(interval.high).toBeGreaterThan(right / n);
  }
});

it('leaves out what no picture judged, and counts its corrections as come in before', () => {
  const points = versionPoints([judged(4, 9, of(3, 4)), judged(3, 7, of(0, 0)), judged(2, 4, null), base]);
  expect(points.map(({ version, moreCorrections }) => [version, moreCorrections])).toEqual([[4, 2]]);
});

it('shows the newest where there are many, and claims nothing of rounds that the hub tells no more', () => {
  const many = Array.from({ length: 12 }, (_, i) => judged(20 - i, 40 - 2 * i, of(1, 2)));
  expect(versionPoints(many).map(({ version }) => version)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  expect(versionPoints(many.slice(0, 2)).map(({ moreCorrections }) => moreCorrections)).toEqual([null, 2]);
});
