import { expect, it } from 'vitest';
import { reasonToAsk } from '../../../../protocol/learning/hardness/ask-reason.ts';

it('asks nothing about a picture that it is sure of, however many there are', () => {
  expect(reasonToAsk({ probabilities: [0.95, 0.02], known: true, alike: 9 })).toBeUndefined();
});

it('says that it is unsure between two labels, or of one', () => {
  expect(reasonToAsk({ probabilities: [0.45, 0.4], known: true, alike: 9 })).toBe('unsure');
  expect(reasonToAsk({ probabilities: [0.6, 0.1], known: true, alike: 0 })).toBe('unsure');
});

it('does not call a picture unsure when no label is likely at all', () => {
  expect(reasonToAsk({ probabilities: [0.05, 0.04], known: false, alike: 0 })).toBe('novel');
});

it('says that there are more like it, and else that it is new', () => {
  expect(reasonToAsk({ probabilities: [0.2, 0.05], known: false, alike: 3 })).toBe('common');
  expect(reasonToAsk({ probabilities: [0.2, 0.05], known: false, alike: 2 })).toBe('novel');
});
