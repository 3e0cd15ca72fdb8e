/** Metrics by numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import {
  accuracyOf,
  argMax,
  calibrationError,
  confusionMatrix,
  perClass,
  softmax,
  topK,
} from '../../../protocol/learning/metrics.ts';

describe('metrics', () => {
  // Ten pictures: four of class 0 (three right, one called 1), four of 1 (two right, two called 0), two of 2 (called 1).
  const truths = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2];
  const predictions = [0, 0, 0, 1, 1, 1, 0, 0, 1, 1];
  const matrix = confusionMatrix(truths, predictions, 4);

  it('counts truths in rows and predictions in columns', () => {
    expect(matrix).toEqual([
      [3, 1, 0, 0],
      [2, 2, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(accuracyOf(matrix)).toBeCloseTo(0.5, 12);
  });

  it('gives precision, recall and F1 of each class, and null for what cannot be said', () => {
    const [zero, one, two, three] = perClass(matrix);
    expect(zero).toEqual({ n: 4, precision: 3 / 5, recall: 3 / 4, f1: 6 / 9 });
    expect(one).toEqual({ n: 4, precision: 2 / 5, recall: 2 / 4, f1: 4 / 9 });
    expect(two).toEqual({ n: 2, precision: null, recall: 0, f1: 0 });
    expect(three).toEqual({ n: 0, precision: null, recall: null, f1: null });
  });

  it('refuses classes that do not exist', () => {
    expect(() => confusionMatrix([0], [4], 4)).toThrow(RangeError);
    expect(() => confusionMatrix([4], [0], 4)).toThrow(RangeError);
  });

  it('measures calibration as the gap of each bin, weighted by its pictures', () => {
    // Two bins: 0.2 and 0.4, one of two right (gap 0.5 - 0.3, two pictures); 0.8 and 1, both right (gap 1 - 0.9).
    expect(calibrationError([0.2, 0.4, 0.8, 1], [false, true, true, true], 2)).toBeCloseTo((0.4 + 0.2) / 4, 12);
    expect(calibrationError([1, 1], [true, true])).toBe(0);
    expect(calibrationError([1, 1], [false, false])).toBe(1);
  });

  it('makes probabilities of logits, however large', () => {
    const [a = 0, b = 0] = softmax(Float32Array.of(1000, 1000 + Math.log(3)));
    expect(a).toBeCloseTo(0.25, 4);
    expect(b).toBeCloseTo(0.75, 4);
  });

  it('is less sure at a higher temperature', () => {
    const [a = 0, b = 0] = softmax(Float32Array.of(0, 2 * Math.log(3)), 2);
    expect(a).toBeCloseTo(0.25, 4);
    expect(b).toBeCloseTo(0.75, 4);
  });

  it('finds the largest values in order', () => {
    const values = Float32Array.of(0.1, 0.5, 0.05, 0.3, 0.05);
    expect(argMax(values)).toBe(1);
    expect(topK(values, 3)).toEqual([1, 3, 0]);
    expect(topK(values, 9)).toHaveLength(5);
  });
});
