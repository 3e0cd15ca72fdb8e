import { expect, it } from 'vitest';
import type { Grid } from '../../../../client/screens/inside/convolution.ts';
import { productsOf, windowOf } from '../../../../client/screens/inside/convolution.ts';
import { features } from '../../../../client/screens/inside/kernels.ts';
import { crossPicture, cut, exampleSteps, workedExample } from '../../../../client/screens/inside/worked-example.ts';

/** As the talk prints them. */
const printedConvolution = `
 0.77 -0.11  0.11  0.33  0.55 -0.11  0.33
-0.11  1.00 -0.11  0.33 -0.11  0.11 -0.11
 0.11 -0.11  1.00 -0.33  0.11 -0.11  0.55
 0.33  0.33 -0.33  0.55 -0.33  0.33  0.33
 0.55 -0.11  0.11 -0.33  1.00 -0.11  0.11
-0.11  0.11 -0.11  0.33 -0.11  1.00 -0.11
 0.33 -0.11  0.55  0.33  0.11 -0.11  0.77`;

const printedPooling = `
1.00 0.33 0.55 0.33
0.33 1.00 0.33 0.55
0.55 0.33 1.00 0.11
0.33 0.55 0.11 0.77`;

function printed({ width, values }: Grid): readonly (readonly string[])[] {
  const texts = values.map((value) => cut(value).toFixed(2));
  return Array.from({ length: texts.length / width }, (_, row) => texts.slice(row * width, (row + 1) * width));
}

function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
}

it('starts from the talk’s X: 9 x 9, two diagonals inside a border', () => {
  const rows = Array.from({ length: 9 }, (_, row) =>
    crossPicture.values
      .slice(row * 9, row * 9 + 9)
      .map((value) => (value === 1 ? 'X' : '.'))
      .join(''),
  );
  expect(rows.slice(0, 3)).toEqual(['.........', '.X.....X.', '..X...X..']);
  expect(rows.slice(4)).toEqual(['....X....', '...X.X...', '..X...X..', '.X.....X.', '.........']);
});

it('multiplies the first window with the feature as the talk does', () => {
  const first = productsOf(windowOf(crossPicture, 3, { row: 0, column: 2 }), features.falling);
  expect(first.values).toHaveLength(9);
  const corner = productsOf(windowOf(crossPicture, 3, { row: 0, column: 0 }), features.falling);
  expect(corner.values).toEqual([-1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

it('finds the falling line with exactly the talk’s numbers, cut to two decimals', () => {
  const { convolved } = workedExample('falling');
  expect(printed(convolved)).toEqual(rowsOf(printedConvolution));
});

it('sets the negative numbers to zero and pools with the odd row and column alone, as the talk prints it', () => {
  const { rectified, pooled } = workedExample('falling');
  expect(printed(rectified)).toEqual(rowsOf(printedConvolution.replace(/-0\.\d\d/g, '0.00')));
  expect(printed(pooled)).toEqual(rowsOf(printedPooling));
});

it('mirrors the numbers for the rising line, and finds the cross only in the middle', () => {
  const mirrored = rowsOf(printedConvolution).map((row) => [...row].reverse());
  expect(printed(workedExample('rising').convolved)).toEqual(mirrored);
  const { values } = workedExample('cross').convolved;
  expect(values.indexOf(1)).toBe(24);
  expect(values.filter((value) => value === 1)).toHaveLength(1);
});

it('steps through every number once: 49 windows, ReLU, 16 windows', () => {
  const phases = exampleSteps.map(({ phase }) => phase);
  expect(phases.filter((phase) => phase === 'convolution')).toHaveLength(49);
  expect(phases.indexOf('relu')).toBe(49);
  expect(phases.slice(50)).toEqual(new Array(16).fill('pooling'));
});
