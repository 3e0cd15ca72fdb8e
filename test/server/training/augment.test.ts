import { describe, expect, test } from 'vitest';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import type { Pixels } from '../../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { augmentations, ofSquares } from '../../../server/training/augment.ts';
import type { AugmentationName } from '../../../server/training/augment.ts';
import { squareOf } from '../../../server/training/squares.ts';

const size = 16;
const names = Object.keys(augmentations) as AugmentationName[]; // the table's own keys

/** A picture without symmetry. */
function slope(width = 40, height = 30): Pixels {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    return (x * 4 + y * 3 + c * 20) % 256;
  });
  return { data, width, height, channels: 3 };
}

function augmented(name: AugmentationName, seed: number, pixels = slope()): Float32Array {
  const input = new Float32Array(size * size * 3);
  augmentations[name](pixels, size, seededRandom(seed), input);
  return input;
}

describe.each(names)('%s', (name) => {
  test('gives the same input for the same random numbers', () => {
    expect(augmented(name, 5)).toEqual(augmented(name, 5));
  });

  test('stays within -1 and 1 and fills every value', () => {
    const white: Pixels = { data: new Uint8Array(40 * 30 * 3).fill(255), width: 40, height: 30, channels: 3 };
    for (let seed = 0; seed < 50; seed++)
      for (const pixels of [slope(), white]) {
        const input = augmented(name, seed, pixels);
        expect(input.every((x) => x >= -1 && x <= 1)).toBe(true);
        expect(input.every((x) => x === 0)).toBe(false);
      }
  });

  test('works on a picture smaller than the input', () => {
    expect(augmented(name, 1, slope(5, 9)).every(Number.isFinite)).toBe(true);
  });
});

test('none is the preprocessing and nothing else', () => {
  expect(augmented('none', 1)).toEqual(toInput(slope(), size));
});

describe.each(['mobile', 'gentle', 'talk'] as const)('%s', (name) => {
  test('gives other inputs for other random numbers', () => {
    const inputs = new Set(Array.from({ length: 20 }, (_, seed) => augmented(name, seed).join()));
    expect(inputs.size).toBe(20);
  });

  test('mirrors about half of the pictures', () => {
    // Brightness rises to the right, so the sides tell whether it was mirrored.
    const data = Uint8Array.from({ length: 40 * 40 * 3 }, (_, i) => (Math.floor(i / 3) % 40) * 6);
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const mirrored = seeds.filter((seed) => {
      const input = augmented(name, seed, { data, width: 40, height: 40, channels: 3 });
      const middle = (size / 2) * size * 3;
      return (input[middle] ?? 0) > (input[middle + (size - 1) * 3] ?? 0);
    });
    expect(mirrored.length).toBeGreaterThan(70);
    expect(mirrored.length).toBeLessThan(130);
  });
});

test('the talk moves and zooms but never changes a colour', () => {
  const data = Uint8Array.from({ length: 30 * 30 * 3 }, (_, i) => [200, 100, 50][i % 3] ?? 0);
  const input = augmented('talk', 3, { data, width: 30, height: 30, channels: 3 });
  input.forEach((x, i) => {
    expect((x + 1) * 127.5).toBeCloseTo([200, 100, 50][i % 3] ?? NaN, 3);
  });
});

test('the talk shifts by at most a fifth of the side and repeats the edge there', () => {
  // Left half black, right half white: the border between them stays between 0.5 * zoom - shift and 0.5 * zoom + shift.
  const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 64 < 32 ? 0 : 255));
  const borders = Array.from({ length: 200 }, (_, seed) => {
    const input = augmented('talk', seed, { data, width: 64, height: 64, channels: 3 });
    const row = Array.from({ length: size }, (_, x) => (input[(8 * size + x) * 3] ?? 0) > 0);
    const edge = row[0] ? row.lastIndexOf(true) + 1 : row.indexOf(true);
    return edge / size;
  });
  expect(Math.min(...borders)).toBeGreaterThanOrEqual(0.5 - 0.2 / 0.8 - 1 / size);
  expect(Math.max(...borders)).toBeLessThanOrEqual(0.5 + 0.2 / 0.8 + 1 / size);
  expect(new Set(borders).size).toBeGreaterThan(4);
});

/**
 * Keras' `apply_affine_transform` written down again: the matrices of shift, shear and zoom multiplied, moved to the centre,
 * each place of the output looked up in the input (`scipy.ndimage.affine_transform`, order 1, mode nearest), then mirrored.
 */
function keras(
  square: Pixels,
  { shear, zoom, shift, flip }: { shear: number; zoom: [number, number]; shift: [number, number]; flip: boolean },
): Float32Array {
  const angle = (shear * Math.PI) / 180;
  const product = (a: number[][], b: number[][]): number[][] =>
    a.map((row) => row.map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? NaN), 0)));
  const centre = size / 2 - 0.5;
  const moved = (by: number, and: number): number[][] => [
    [1, 0, by],
    [0, 1, and],
    [0, 0, 1],
  ];
  const sheared = [
    [1, -Math.sin(angle), 0],
    [0, Math.cos(angle), 0],
    [0, 0, 1],
  ];
  const zoomed = [
    [zoom[0], 0, 0],
    [0, zoom[1], 0],
    [0, 0, 1],
  ];
  const matrix = [moved(centre, centre), moved(...shift), sheared, zoomed, moved(-centre, -centre)].reduce(product);
  const inside = (i: number): number => Math.min(size - 1, Math.max(0, i));
  const output = new Float32Array(size * size * 3);
  for (let i = 0; i < output.length; i++) {
    const [row, column, c] = [Math.floor(i / 3 / size), Math.floor(i / 3) % size, i % 3];
    const [y = NaN, x = NaN] = product(matrix, [[row], [column], [1]]).map(([place = NaN]) => place);
    let sum = 0;
    for (const top of [Math.floor(y), Math.floor(y) + 1])
      for (const left of [Math.floor(x), Math.floor(x) + 1]) {
        const weight = (1 - Math.abs(y - top)) * (1 - Math.abs(x - left));
        sum += weight * (square.data[(inside(top) * size + inside(left)) * 3 + c] ?? NaN);
      }
    output[(row * size + (flip ? size - 1 - column : column)) * 3 + c] = sum / 127.5 - 1;
  }
  return output;
}

test.each([
  ['not mirrored', 0.7],
  ['mirrored', 0.3],
])("the talk's map is that of Keras' ImageDataGenerator, %s", (_, last) => {
  const square = squareOf(slope(), size);
  // The random numbers in the order in which they are drawn, and what they stand for.
  const drawn = [1, 0.1, 0.8, 0.95, 0.2, last];
  const chosen = { shear: 0.2, zoom: [0.84, 1.12], shift: [0.18 * size, -0.12 * size], flip: last < 0.5 };
  const input = new Float32Array(size * size * 3);
  augmentations.talk(square, size, { next: () => drawn.shift() ?? NaN }, input);
  const expected = keras(square, chosen as Parameters<typeof keras>[1]); // two numbers each
  expect(Math.max(...input.map((x, i) => Math.abs(x - (expected[i] ?? NaN))))).toBeLessThan(1e-6);
});

test.each([...ofSquares])('%s sees nothing but the square of the input size', (name) => {
  expect(augmented(name, 5, squareOf(slope(), size))).toEqual(augmented(name, 5));
});

test('a square is the preprocessing in 8 bits', () => {
  const input = toInput(slope(), size);
  const { data, width, height } = squareOf(slope(), size);
  expect([width, height]).toEqual([size, size]);
  expect(data).toEqual(Uint8ClampedArray.from(input, (x) => (x + 1) * 127.5));
});
