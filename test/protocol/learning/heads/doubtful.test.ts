/** Which labels look wrong, on embeddings that the test draws around centres. */
import { describe, expect, it } from 'vitest';
import { doubtsOf, leastDoubtAfter } from '../../../../protocol/learning/heads/doubtful.ts';
import { direction } from '../../../../protocol/learning/heads/direction.ts';
import type { Example } from '../../../../protocol/learning/heads/examples.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';

const d = 48;
const mean = new Float32Array(d);
const usual = leastDoubtAfter([]);

function examplesOf(labels: number, each: number): Example[] {
  const random = seededRandom(3);
  const vector = (): Float32Array => Float32Array.from({ length: d }, () => random.next() * 2 - 1);
  return Array.from({ length: labels }, (_, label) => {
    const centre = vector();
    return Array.from({ length: each }, () => {
      const noise = vector();
      return { averaged: centre.map((x, i) => x + 0.6 * (noise[i] ?? 0)), label: `thing ${String(label)}` };
    });
  }).flat();
}

describe('the doubts', () => {
  it('are the wrong labels, with those that the others speak for', () => {
    const examples = examplesOf(5, 8);
    const wrong = [3, 17, 30];
    const said = examples.map((example, i) => (wrong.includes(i) ? { ...example, label: 'thing 4' } : example));
    const doubts = doubtsOf(said, mean, usual);
    expect(doubts.map(({ place }) => place).sort((a, b) => a - b)).toEqual(wrong);
    for (const { place, rival } of doubts) expect(rival).toBe(examples[place]?.label);
  });

  it('are as large as a regression without the example says', () => {
    const examples = examplesOf(3, 4).map((example, i) => (i === 0 ? { ...example, label: 'thing 2' } : example));
    const [doubt] = doubtsOf(examples, mean, usual);
    expect(doubt).toMatchObject({ place: 0, rival: 'thing 0' });
    const directions = examples.map(({ averaged }) => direction(averaged, mean));
    const alike = (i: number, j: number): number => {
      const cosine = directions[i]!.reduce((sum, x, k) => sum + x * (directions[j]![k] ?? 0), 0);
      return (cosine + cosine ** 2 + cosine ** 3) / 3;
    };
    // By gradient descent, on all but the first, with the weights that they have among all.
    const others = [...examples.keys()].slice(1);
    const weightOf = (i: number): number =>
      Math.sqrt(examples.filter(({ label }) => label === examples[i]?.label).length);
    const saidOfFirst = (label: string): number => {
      const coefficients = new Float64Array(examples.length);
      for (let round = 0; round < 4000; round++)
        for (const i of others) {
          const said = others.reduce(
            (sum, j) => sum + (coefficients[j] ?? 0) * alike(i, j),
            0.3 * weightOf(i) * (coefficients[i] ?? 0),
          );
          const target = examples[i]?.label === label ? 1 : 0;
          coefficients[i] = (coefficients[i] ?? 0) + (target - said) / (0.3 * weightOf(i) + 1);
        }
      return others.reduce((sum, j) => sum + (coefficients[j] ?? 0) * alike(0, j), 0);
    };
    expect(doubt?.size).toBeCloseTo(saidOfFirst('thing 0') - 3 * saidOfFirst('thing 2'), 6);
  });

  it('are raised by answers that were left uncorrected, and never about these', () => {
    const said = examplesOf(2, 5).map((example, i) => ({ ...example, unsaid: i % 5 > 0 }));
    const wrong = said.map((example, i) => (i === 0 ? { ...example, label: 'thing 1' } : example));
    expect(doubtsOf(said, mean, usual)).toEqual([]);
    expect(doubtsOf(wrong, mean, usual)).toMatchObject([{ place: 0, rival: 'thing 0' }]);
    expect(
      doubtsOf(
        wrong.map((example, i) => ({ ...example, unsaid: i === 0 })),
        mean,
        usual,
      ),
    ).toEqual([]);
  });

  it('are none where nobody contradicts, and where nobody else has said anything', () => {
    expect(doubtsOf(examplesOf(5, 8), mean, usual)).toEqual([]);
    expect(doubtsOf(examplesOf(1, 1), mean, usual)).toEqual([]);
    expect(doubtsOf([], mean, usual)).toEqual([]);
  });

  it('are more after one that turned out right, until five in a row change nothing', () => {
    expect(leastDoubtAfter([true])).toBeLessThan(usual);
    expect(leastDoubtAfter([true, false, false, false, false])).toBe(leastDoubtAfter([true]));
    expect(leastDoubtAfter([true, false, false, false, false, false])).toBe(usual);
    expect(leastDoubtAfter([false, false, false, false, true])).toBe(leastDoubtAfter([true]));
  });

  it('come with the first example that contradicts another of almost the same picture', () => {
    const [example] = examplesOf(1, 1);
    const said = [example!, { ...example!, label: 'other thing' }];
    expect(doubtsOf(said, mean, usual)).toHaveLength(2);
  });
});
