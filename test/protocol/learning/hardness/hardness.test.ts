import { expect, it } from 'vitest';
import type { JudgedFrame } from '../../../../protocol/learning/hardness/hardness.ts';
import { hardnessOf } from '../../../../protocol/learning/hardness/hardness.ts';

const easy: JudgedFrame = {
  probabilities: [0.9, 0.05],
  known: true,
  nearest: 0.2,
  recent: Array<string>(10).fill('cup'),
};
const flicker = Array.from({ length: 10 }, (_, i) => (i % 2 ? 'cup' : 'bowl'));

it('asks nothing about a frame that it is sure of', () => {
  expect(hardnessOf(easy)).toBeUndefined();
});

it('asks about a frame between two labels', () => {
  expect(hardnessOf({ ...easy, probabilities: [0.45, 0.4] })).toBe('unsure');
});

it('does not call a frame unsure when no label is likely at all', () => {
  expect(hardnessOf({ ...easy, probabilities: [0.05, 0.04] })).toBeUndefined();
});

it('asks about a frame that it does not know and that is like nothing asked before', () => {
  expect(hardnessOf({ ...easy, known: false })).toBe('novel');
  expect(hardnessOf({ ...easy, known: false, nearest: 0.7 })).toBeUndefined();
});

it('asks about a label that keeps changing, and not about one that changed once', () => {
  expect(hardnessOf({ ...easy, recent: flicker })).toBe('flickering');
  expect(hardnessOf({ ...easy, recent: [...Array<string>(9).fill('bowl'), 'cup'] })).toBeUndefined();
  expect(hardnessOf({ ...easy, recent: flicker.slice(0, 6) })).toBeUndefined();
});

it('asks nothing about a frame like one that was asked about, however hard it is', () => {
  expect(hardnessOf({ probabilities: [0.4, 0.4], known: false, nearest: 0.95, recent: flicker })).toBeUndefined();
});
