/** How deep a round trains in the time that it has. */
import { expect, it } from 'vitest';
import { chooseCut } from '../../../../server/training/round/choose-cut.ts';

const cuts = [
  { layer: 'deep', work: 100 },
  { layer: 'shallow', work: 30 },
];
const measured = { stepMs: 1, work: 10 };

it('trains as deep as all steps fit into the time that is left', () => {
  expect(chooseCut(cuts, measured, 50, 500)).toBe('deep');
  expect(chooseCut(cuts, measured, 50, 499)).toBe('shallow');
  expect(chooseCut(cuts, measured, 50, 150)).toBe('shallow');
});

it('trains no deeper when there is no time for any', () => {
  expect(chooseCut(cuts, measured, 50, 149)).toBeNull();
  expect(chooseCut([], measured, 50, 500)).toBeNull();
});
