import { expect, it } from 'vitest';
import { mostTelling } from '../../../../protocol/learning/hardness/most-telling.ts';
import { worthOf } from '../../../../protocol/learning/hardness/worth.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';

const random = seededRandom(5);
const dimensions = 32;

/** A direction about the axis, `spread` away from it. */
function near(axis: number, spread = 0.1): Float64Array {
  const vector = Float64Array.from({ length: dimensions }, (_, i) => {
    return (i === axis ? 1 : 0) + (random.next() - 0.5) * spread;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Six alike, three alike and a lonely one. */
const crowd = [0, 0, 0, 1, 0, 1, 0, 2, 0, 1].map((axis) => near(axis, 0.4));
const [lonely, few] = [7, [3, 5, 9]];
const doubts = { probabilities: [0.3, 0.1], known: false };
const choose = (settled: readonly Float64Array[]) =>
  mostTelling({ recent: crowd, settled, judge: () => Promise.resolve(doubts) });

it('asks first about what there is most of, then about what there is less of, then about what stands alone', async () => {
  const [first, second] = [await choose([]), await choose([near(0)])];
  expect([...few, lonely]).not.toContain(first?.place);
  expect(first?.reason).toBe('common');
  expect(few).toContain(second?.place);
  expect(await choose([near(0), near(1)])).toEqual({ place: lonely, reason: 'novel' });
});

it('asks nothing when all there is was labelled or asked about', async () => {
  expect(await choose([near(0), near(1), near(2)])).toBeUndefined();
  expect(await choose(crowd)).toBeUndefined();
});

it('asks nothing when there is nothing', async () => {
  expect(await mostTelling({ recent: [], settled: [], judge: () => Promise.resolve(doubts) })).toBeUndefined();
});

it('goes on to the next when it is sure of the best', async () => {
  const best = await choose([]);
  const next = await mostTelling({
    recent: crowd,
    settled: [],
    judge: (place) => Promise.resolve(place === best?.place ? { probabilities: [0.95, 0.01], known: true } : doubts),
  });
  expect(next?.place).not.toBe(best?.place);
  expect([...few, lonely]).not.toContain(next?.place);
});

it('counts those that resemble a picture, and not itself', () => {
  expect(worthOf(crowd, []).map(({ alike }) => alike)).toEqual([5, 5, 5, 2, 5, 2, 5, 0, 5, 2]);
});
