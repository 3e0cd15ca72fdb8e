/** Which labels look wrong, on embeddings that the test draws around centres. */
import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../../../protocol/learning/heads/doubtful.ts';
import { direction } from '../../../../protocol/learning/heads/direction.ts';
import type { Example } from '../../../../protocol/learning/heads/examples.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';

const d = 48;
const mean = new Float32Array(d);

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
    const doubts = doubtsOf(said, mean);
    expect(doubts.map(({ place }) => place).sort((a, b) => a - b)).toEqual(wrong);
    for (const { place, rival } of doubts) expect(rival).toBe(examples[place]?.label);
  });

  it('are as large as a regression without the example says', () => {
    const examples = examplesOf(3, 4).map((example, i) => (i === 0 ? { ...example, label: 'thing 2' } : example));
    const [doubt] = doubtsOf(examples, mean);
    expect(doubt).toMatchObject({ place: 0, rival: 'thing 0' });
    const directions = examples.map(({ averaged }) => direction(averaged, mean));
    const cosine = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    // By gradient descent, on all but the first, with the weights that they have among all.
    const others = [...examples.keys()].slice(1);
    const weightOf = (i: number): number =>
      Math.sqrt(examples.filter(({ label }) => label === examples[i]?.label).length);
    const saidOfFirst = (label: string): number => {
      const coefficients = new Float64Array(examples.length);
      for (let round = 0; round < 4000; round++)
        for (const i of others) {
          const said = others.reduce(
            (sum, j) => sum + (coefficients[j] ?? 0) * cosine(directions[i]!, directions[j]!),
            weightOf(i) * (coefficients[i] ?? 0),
          );
          const target = examples[i]?.label === label ? 1 : 0;
          coefficients[i] = (coefficients[i] ?? 0) + (target - said) / (weightOf(i) + 1);
        }
      return others.reduce((sum, j) => sum + (coefficients[j] ?? 0) * cosine(directions[0]!, directions[j]!), 0);
    };
    expect(doubt?.margin).toBeCloseTo(saidOfFirst('thing 0') - saidOfFirst('thing 2'), 6);
  });

  it('are raised by answers that were left uncorrected, and never about these', () => {
    const said = examplesOf(2, 5).map((example, i) => ({ ...example, unsaid: i % 5 > 0 }));
    const wrong = said.map((example, i) => (i === 0 ? { ...example, label: 'thing 1' } : example));
    expect(doubtsOf(said, mean)).toEqual([]);
    expect(doubtsOf(wrong, mean)).toMatchObject([{ place: 0, rival: 'thing 0' }]);
    expect(
      doubtsOf(
        wrong.map((example, i) => ({ ...example, unsaid: i === 0 })),
        mean,
      ),
    ).toEqual([]);
  });

  it('are none where nobody contradicts, and where nobody else has said anything', () => {
    expect(doubtsOf(examplesOf(5, 8), mean)).toEqual([]);
    expect(doubtsOf(examplesOf(1, 1), mean)).toEqual([]);
    expect(doubtsOf([], mean)).toEqual([]);
  });

  it('come with the first example that contradicts another of almost the same picture', () => {
    const [example] = examplesOf(1, 1);
    const said = [example!, { ...example!, label: 'other thing' }];
    expect(doubtsOf(said, mean)).toHaveLength(2);
  });
});
