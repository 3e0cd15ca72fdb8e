import { expect, it } from 'vitest';
import type { Planes } from '../../../client/recognition/planes.ts';
import { shrinkPlanes } from '../../../client/recognition/planes.ts';

const colours = { redShare: 0.299, blueShare: 0.114, limited: true };

type Sample = { readonly luma: number; readonly blue: number; readonly red: number };
/** Of BT.601 in its limited range, as any table of test bars has them. */
const red: Sample = { luma: 81, blue: 90, red: 240 };
const blue: Sample = { luma: 41, blue: 240, red: 110 };

/** Planes of a picture that is `left` in its left half and `right` in its right half; blue and red take turns if `paired`. */
function twoHalves(left: Sample, right: Sample, { width = 64, height = 32, paired = false } = {}): Planes {
  const cells = width * height;
  const data = new Uint8Array(cells * 1.5);
  const half = width / 2;
  for (let i = 0; i < cells; i++) data[i] = (i % width < half ? left : right).luma;
  for (let i = 0; i < cells / 4; i++) {
    const sample = i % half < half / 2 ? left : right;
    data[cells + (paired ? 2 * i : i)] = sample.blue;
    data[cells + (paired ? 2 * i + 1 : cells / 4 + i)] = sample.red;
  }
  const luma = { offset: 0, stride: width, step: 1 };
  const blueAt = { offset: cells, stride: paired ? width : half, step: paired ? 2 : 1 };
  const redAt = { ...blueAt, offset: cells + (paired ? 1 : cells / 4) };
  return { data, width, height, luma, blue: blueAt, red: redAt, colours };
}

function pixel(rgba: Uint8ClampedArray, side: number, x: number, y: number): readonly number[] {
  return [...rgba.subarray((y * side + x) * 4, (y * side + x) * 4 + 4)];
}

it.each([{ paired: false }, { paired: true }])('turns samples into the colours that they stand for: %o', (layout) => {
  const rgba = shrinkPlanes(twoHalves(red, blue, layout), { x: 16, y: 0, side: 32 }, 8);
  for (const [x, expected] of [
    [0, [255, 0, 0, 255]],
    [7, [0, 0, 255, 255]],
  ] as const)
    pixel(rgba, 8, x, 5).forEach((value, i) => {
      expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThanOrEqual(2);
    });
});

it('reads brightness over the whole range where the camera says so', () => {
  const grey = { luma: 0, blue: 128, red: 128 };
  const planes = twoHalves(grey, { ...grey, luma: 255 });
  const full = shrinkPlanes({ ...planes, colours: { ...colours, limited: false } }, { x: 16, y: 0, side: 32 }, 8);
  expect([pixel(full, 8, 0, 0), pixel(full, 8, 7, 7)]).toEqual([
    [0, 0, 0, 255],
    [255, 255, 255, 255],
  ]);
});

it('cuts out the square and nothing beside it', () => {
  const planes = twoHalves(red, blue);
  const isRed = (side: Parameters<typeof shrinkPlanes>[1]): readonly boolean[] => {
    const rgba = shrinkPlanes(planes, side, 4);
    return [0, 1, 2, 3].map((x) => (pixel(rgba, 4, x, 2)[0] ?? 0) > 128);
  };
  expect(isRed({ x: 0, y: 0, side: 32 })).toEqual([true, true, true, true]);
  expect(isRed({ x: 24, y: 0, side: 32 })).toEqual([true, false, false, false]);
  expect(isRed({ x: 32, y: 0, side: 32 })).toEqual([false, false, false, false]);
});

it('averages what falls together, and repeats where the square is smaller than the crop', () => {
  const planes = twoHalves({ luma: 16, blue: 128, red: 128 }, { luma: 235, blue: 128, red: 128 });
  const [mean] = pixel(shrinkPlanes(planes, { x: 16, y: 0, side: 32 }, 1), 1, 0, 0);
  expect(mean).toBeGreaterThan(126);
  expect(mean).toBeLessThan(129);
  const grown = shrinkPlanes(planes, { x: 30, y: 10, side: 4 }, 16);
  expect([0, 7, 8, 15].map((x) => pixel(grown, 16, x, 3)[0])).toEqual([0, 0, 255, 255]);
});

it('stays inside the picture when rounding puts the square’s edge outside', () => {
  const planes = twoHalves(blue, red);
  const rgba = shrinkPlanes(planes, { x: 32.0000001, y: -1e-7, side: 32.0000002 }, 224);
  expect([...rgba].every((value) => Number.isFinite(value))).toBe(true);
  expect(pixel(rgba, 224, 223, 223)[0]).toBeGreaterThan(250);
});
