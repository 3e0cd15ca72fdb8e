/** What counts as the same label. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelFromText, labelKey } from '../../../protocol/learning/labels.ts';

describe('labelKey', () => {
  it.each([
    ['  Tazza ', 'tazza'],
    ['coffee \n\t cup', 'coffee cup'],
    ['CAFFE\u0300', 'caffè'],
    ['İ', 'i̇'],
  ])('makes %j the key %j', (text, key) => {
    expect(labelKey(text)).toBe(key);
  });

  it.each(['', '  ', '\u0000\n', 'x'.repeat(61)])('gives no key for %j', (text) => {
    expect(labelKey(text)).toBeUndefined();
    expect(labelFromText(text)).toBeUndefined();
  });

  it('counts code points, not code units', () => {
    expect(labelKey('🍎'.repeat(60))).toBe('🍎'.repeat(60));
  });

  it('is its own key, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const key = labelKey(text);
        if (key !== undefined) expect(labelKey(key)).toBe(key);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('labelFromText', () => {
  it('keeps what was typed as the name in both languages', () => {
    expect(labelFromText(' My Cup ')).toEqual({ key: 'my cup', names: { en: 'My Cup', it: 'My Cup' } });
  });
});
