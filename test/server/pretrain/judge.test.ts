import { expect, test } from 'vitest';
import type { Label } from '../../../protocol/learning/labels.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { judge } from '../../../server/pretrain/judge.ts';

const word = (key: string, family?: string): Label => ({
  key,
  names: { en: key, it: key },
  ...(family ? { family: { en: family, it: family } } : {}),
});
const labels = [
  word('cat'),
  word('persian cat', 'cat'),
  word('cup'),
  word('boxer', 'dog'),
  word('poodle', 'dog'),
  word('car'),
];

const asRows = (logits: readonly number[][]): Float32Array[] => logits.map((row) => Float32Array.from(row));

/** Logits that put `order` first, second, ... */
const ranked = (...order: number[]): number[] => labels.map((_, i) => (order.includes(i) ? 10 - order.indexOf(i) : 0));

test('counts first answers, first five and families', () => {
  const answers = [ranked(0), ranked(3, 4), ranked(5, 2), ranked(0, 1, 3, 4, 5, 2)];
  const truths = [0, 4, 2, 2];
  const { n, top1, top5, family } = judge(asRows(answers), truths, labels);
  expect({ n, top1, top5, family }).toEqual({ n: 4, top1: 0.25, top5: 0.75, family: 0.5 });
});

test('counts a word of the talk with all its kinds, among the words of the talk alone', () => {
  const answers = [ranked(1), ranked(0), ranked(2), ranked(3, 5)];
  const { talk } = judge(asRows(answers), [0, 1, 1, 5], labels);
  expect(talk.find((entry) => entry.word === 'cat')).toEqual({ word: 'cat', n: 3, right: 2 });
  expect(talk.find((entry) => entry.word === 'car')).toEqual({ word: 'car', n: 1, right: 1 });
});

test('finds the temperature at which the probabilities were drawn', () => {
  const random = seededRandom(1);
  const truths: number[] = [];
  const logits: number[][] = [];
  for (let i = 0; i < 4000; i++) {
    const row = labels.map(() => random.next() * 6);
    const powers = row.map((x) => Math.exp(x / 2)); // true temperature: 2
    let left = random.next() * powers.reduce((sum, x) => sum + x, 0);
    truths.push(powers.findIndex((power) => (left -= power) < 0));
    logits.push(row);
  }
  const judgement = judge(asRows(logits), truths, labels);
  expect(judgement.temperature).toBeGreaterThan(1.8);
  expect(judgement.temperature).toBeLessThan(2.2);
  expect(judgement.calibrationError).toBeLessThan(0.03);
  expect(judgement.rawCalibrationError).toBeGreaterThan(2 * judgement.calibrationError);
});

test('withholds one right answer in ten at its threshold', () => {
  const random = seededRandom(2);
  const answers = Array.from({ length: 1000 }, (_, i) => i % labels.length);
  const logits = answers.map((answer) => labels.map((_, i) => (i === answer ? 0.5 + random.next() * 3 : 0)));
  const truths = answers.map((answer, i) => (i % 3 ? answer : (answer + 1) % labels.length));
  const { threshold, temperature } = judge(asRows(logits), truths, labels);
  const right = answers.flatMap((answer, i) => (i % 3 ? [logits[i]?.[answer] ?? NaN] : []));
  const withheld = right.filter((logit) => {
    const power = Math.exp(logit / temperature);
    return power / (power + labels.length - 1) < threshold - 1e-6;
  });
  expect(withheld).toHaveLength(Math.floor(right.length / 10));
});
