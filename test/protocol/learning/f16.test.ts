/** Half precision against the language's own `DataView.getFloat16`, over every half. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromF16, toF16 } from '../../../protocol/learning/f16.ts';

/** TypeScript's ES2023 library does not know these two; the runtime does. */
type HalfView = DataView & {
  getFloat16(at: number, littleEndian: boolean): number;
  setFloat16(at: number, value: number, littleEndian: boolean): void;
};

const everyHalf = new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, i) => i).buffer);
const isFiniteHalf = (half: number): boolean => (half & 0x7c00) !== 0x7c00;

/** The half nearest to `value`, by the runtime. */
function nearestHalf(value: number): number {
  const view = new DataView(new ArrayBuffer(2)) as HalfView;
  view.setFloat16(0, value, true);
  return view.getUint16(0, true);
}

const asHalf = (value: number): number => new DataView(toF16(Float32Array.of(value)).buffer).getUint16(0, true);

describe('f16', () => {
  it('reads every one of the 65,536 halves exactly', () => {
    const view = new DataView(everyHalf.buffer) as HalfView;
    const values = fromF16(everyHalf);
    for (let half = 0; half < 65_536; half++) expect(values[half]).toBe(view.getFloat16(half * 2, true));
  });

  it('writes every finite half back to the same bits, minus zero and subnormals too', () => {
    const values = fromF16(everyHalf);
    for (let half = 0; half < 65_536; half++) if (isFiniteHalf(half)) expect(asHalf(values[half] ?? NaN)).toBe(half);
  });

  it('rounds midway values to even, between every pair of neighbours', () => {
    const values = fromF16(everyHalf);
    for (let half = 0; half < 0x7bff; half++) {
      const middle = ((values[half] ?? 0) + (values[half + 1] ?? 0)) / 2;
      expect(asHalf(middle)).toBe(half + (half % 2));
      expect(asHalf(-middle)).toBe((half + (half % 2)) | 0x8000);
    }
  });

  it('rounds any single to the nearest half', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(-65_519), max: Math.fround(65_519), noNaN: true }), (value) => {
        expect(asHalf(value)).toBe(nearestHalf(value));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([65_520, -65_520, 1e9, Infinity, -Infinity, NaN])('refuses %d, which no finite half is near', (value) => {
    expect(() => toF16(Float32Array.of(0, value))).toThrow(/value 1 is/);
  });

  it('works on views that do not begin at the start of their buffer', () => {
    const floats = new Float32Array([9, 1.5, -2]).subarray(1);
    const bytes = toF16(floats);
    const shifted = new Uint8Array(5);
    shifted.set(bytes, 1);
    expect([...fromF16(shifted.subarray(1))]).toEqual([1.5, -2]);
  });

  it('refuses an odd number of bytes', () => {
    expect(() => fromF16(new Uint8Array(3))).toThrow(/3 bytes/);
  });
});
