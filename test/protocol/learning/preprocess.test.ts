import { expect, test } from 'vitest';
import { centralSquare, toInput, viewToInput } from '../../../protocol/learning/preprocess.ts';
import type { Pixels } from '../../../protocol/learning/preprocess.ts';

/** A grey picture from rows of values. */
function grey(rows: readonly (readonly number[])[], channels: 3 | 4 = 3): Pixels {
  const data = Uint8Array.from(rows.flat().flatMap((v) => (channels === 4 ? [v, v, v, 77] : [v, v, v])));
  return { data, width: rows[0]?.length ?? 0, height: rows.length, channels };
}

/** The red channel of an input, as bytes again. */
function bytes(input: Float32Array): number[] {
  return Array.from(input)
    .filter((_, i) => i % 3 === 0)
    .map((x) => Math.round((x + 1) * 127.5 * 1000) / 1000);
}

const whole = ({ width, height }: Pixels) => ({ crop: { x: 0, y: 0, width, height }, flip: false });

test('scales bytes from -1 to 1 and keeps a picture of the right size as it is', () => {
  const input = toInput({ data: Uint8Array.from([0, 51, 255]), width: 1, height: 1, channels: 3 }, 1);
  expect([...input]).toEqual([-1, Math.fround(-0.6), 1]);
  const rows = [
    [1, 2],
    [3, 250],
  ];
  expect(bytes(toInput(grey(rows), 2))).toEqual(rows.flat());
});

test('shrinks with a triangle as wide as two output pixels', () => {
  // The centre of the first of two cells lies at 1; the four sources weigh 3/4, 3/4, 1/4, 0, over their sum.
  const row = [0, 70, 140, 210];
  const shrunk = bytes(toInput(grey([row, row, row, row]), 2));
  expect(shrunk).toEqual([50, 160, 50, 160]);
  const column = row.map((v) => [v, v, v, v]);
  expect(bytes(toInput(grey(column), 2))).toEqual([50, 50, 160, 160]);
});

test('enlarges bilinearly and repeats the edge', () => {
  const row = [0, 200];
  expect(bytes(toInput(grey([row, row]), 4)).slice(0, 4)).toEqual([0, 50, 150, 200]);
});

test('cuts the central square, the smaller half of an odd rest before it', () => {
  expect(centralSquare({ width: 7, height: 4 })).toEqual({ x: 1, y: 0, width: 4, height: 4 });
  expect(centralSquare({ width: 4, height: 9 })).toEqual({ x: 0, y: 2, width: 4, height: 4 });
  const wide = grey([[9, 10, 20, 9, 9].slice(0, 4), [9, 30, 40, 9]]);
  expect(bytes(toInput(wide, 2))).toEqual([10, 20, 30, 40]);
});

test('ignores alpha', () => {
  const rows = [
    [10, 20],
    [30, 40],
  ];
  expect(toInput(grey(rows, 4), 3)).toEqual(toInput(grey(rows, 3), 3));
});

test('keeps the channels apart', () => {
  const pixels: Pixels = { data: Uint8Array.from([255, 0, 51, 255, 0, 51]), width: 2, height: 1, channels: 3 };
  const input = new Float32Array(5 * 5 * 3);
  viewToInput(pixels, whole(pixels), 5, input);
  for (let i = 0; i < input.length; i += 3)
    expect([...input.slice(i, i + 3)].map((x) => Math.round((x + 1) * 127.5))).toEqual([255, 0, 51]);
});

test('mirrors left to right', () => {
  const pixels = grey([
    [1, 2],
    [3, 4],
  ]);
  const input = new Float32Array(12);
  viewToInput(pixels, { ...whole(pixels), flip: true }, 2, input);
  expect(bytes(input)).toEqual([2, 1, 4, 3]);
});

test('lets no pixel outside the crop have any influence', () => {
  const inside = (border: number): Pixels =>
    grey([
      [border, border, border, border],
      [border, 10, 20, border],
      [border, 30, 40, border],
      [border, border, border, border],
    ]);
  const view = { crop: { x: 1, y: 1, width: 2, height: 2 }, flip: false };
  const inputs = [0, 255].map((border) => {
    const input = new Float32Array(3 * 3 * 3);
    viewToInput(inside(border), view, 3, input);
    return input;
  });
  expect(inputs[0]).toEqual(inputs[1]);
});

test('refuses a crop that is not inside the picture', () => {
  const pixels = grey([[1, 2]]);
  for (const crop of [
    { x: 1, y: 0, width: 2, height: 1 },
    { x: -1, y: 0, width: 1, height: 1 },
    { x: 0, y: 0, width: 0, height: 1 },
    { x: 0.5, y: 0, width: 1, height: 1 },
  ])
    expect(() => {
      viewToInput(pixels, { crop, flip: false }, 1, new Float32Array(3));
    }).toThrow(RangeError);
});
