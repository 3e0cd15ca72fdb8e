/** The gate's verdicts on answers written by hand. */
import { describe, expect, it } from 'vitest';
import { newSampleId } from '../../../protocol/ids.ts';
import type { Answer } from '../../../server/gate/answer.ts';
import { judge } from '../../../server/gate/gate.ts';
import { chanceOfLoss } from '../../../server/gate/paired-test.ts';

type Counts = { readonly kept?: number; readonly lost?: number; readonly won?: number; readonly neither?: number };

/** So many pictures of the label: right with both models, only before, only after, with none. */
function answers(label: string, { kept = 0, lost = 0, won = 0, neither = 0 }: Counts, use: Answer['use'] = 'check') {
  const some = (count: number, before: string, after: string): Answer[] =>
    Array.from({ length: count }, () => ({ use, sample: newSampleId(), label, before, after }));
  return [
    ...some(kept, label, label),
    ...some(lost, label, 'other'),
    ...some(won, 'other', label),
    ...some(neither, 'other', 'other'),
  ];
}

describe('the gate', () => {
  it('promotes a candidate that gains and loses nothing', () => {
    const verdict = judge([...answers('cup', { kept: 10 }), ...answers('milk', { won: 8 })], ['milk']);
    expect(verdict.verdict).toBe('promoted');
    expect(verdict.classes).toEqual([{ label: 'milk', n: 8, rightBefore: 0, rightAfter: 8 }]);
    expect(verdict.fixes).toHaveLength(8);
    expect(verdict.reasons).toEqual(['No class got worse beyond chance: 10 of 18 pictures right before, 18 after.']);
  });

  it('refuses a candidate that makes one class worse, and names it, whatever the others gain', () => {
    const verdict = judge([...answers('cup', { kept: 4, lost: 6 }), ...answers('milk', { won: 50 })], ['milk']);
    expect(verdict.verdict).toBe('refused');
    expect(verdict.reasons).toEqual([
      '"cup" got worse: 10 of 10 pictures right before, 4 after. Perhaps some of its pictures, or of another label, are labelled wrong.',
    ]);
    expect(verdict.breaks).toHaveLength(6);
  });

  it('refuses a candidate that makes the whole worse though no class by itself shows it', () => {
    const many = Array.from({ length: 40 }, (_, i) => answers(`label ${String(i)}`, { kept: 1, lost: 1 })).flat();
    const verdict = judge(many, []);
    expect(verdict.verdict).toBe('refused');
    expect(verdict.reasons[0]).toMatch(/^All pictures together got worse: 80 of 80 pictures right before, 40 after/);
  });

  it('lets answers change places, as two equal models would', () => {
    expect(judge(answers('cup', { kept: 20, lost: 4, won: 3 }), []).verdict).toBe('promoted');
  });

  it('tolerates a small fall in a class of many pictures, however certain', () => {
    const rest = answers('milk', { kept: 900 });
    expect(judge([...answers('cup', { kept: 95, lost: 5 }), ...rest], []).verdict).toBe('promoted');
  });

  it('says plainly that a new class is in trial when there are too few pictures to check it', () => {
    const verdict = judge([...answers('cup', { kept: 10 }), ...answers('milk', { won: 2 })], ['milk', 'tea']);
    expect(verdict.verdict).toBe('in-trial');
    expect(verdict.reasons).toContain('"milk" is in trial: 2 of the 5 pictures that it takes to check it.');
    expect(verdict.reasons).toContain('"tea" is in trial: 0 of the 5 pictures that it takes to check it.');
  });

  it('does not judge by pictures that were trained on, but reports them', () => {
    const verdict = judge([...answers('cup', { lost: 20 }, 'taught'), ...answers('milk', { won: 6 })], []);
    expect(verdict.verdict).toBe('promoted');
    expect(verdict.breaks).toHaveLength(20);
    expect(verdict.classes.map(({ label }) => label)).toEqual(['milk']);
  });
});

describe('the chance of a loss', () => {
  it.each([
    [{ lost: 0, won: 0 }, 1],
    [{ lost: 5, won: 0 }, 1 / 32],
    [{ lost: 4, won: 1 }, 6 / 32],
    [{ lost: 0, won: 7 }, 1],
    [{ lost: 8, won: 2 }, 56 / 1024],
  ])('of %o is that of so many tails of a fair coin', (change, chance) => {
    expect(chanceOfLoss(change)).toBeCloseTo(chance, 12);
  });

  it('stays a number for thousands of answers', () => {
    expect(chanceOfLoss({ lost: 1100, won: 900 })).toBeCloseTo(4.2e-6, 6);
    expect(chanceOfLoss({ lost: 900, won: 1100 })).toBeGreaterThan(0.999);
  });
});
