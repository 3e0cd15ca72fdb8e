/** Convolution, ReLU and max-pooling of one map, as the lesson shows them: slow, plain and to be read. */
import { windowedLength } from '../../../protocol/learning/shapes.ts';

/** One channel of a picture, a kernel or a map: `[height, width]`, row by row. */
export type Grid = { readonly height: number; readonly width: number; readonly values: readonly number[] };

export type Place = { readonly row: number; readonly column: number };

export function gridOf(height: number, width: number, valueAt: (place: Place) => number): Grid {
  const values = Array.from({ length: height * width }, (_, i) =>
    valueAt({ row: Math.floor(i / width), column: i % width }),
  );
  return { height, width, values };
}

export function valueAt({ width, values }: Grid, { row, column }: Place): number {
  return values[row * width + column] ?? NaN;
}

/** The part of `grid` under a window of `side` whose upper left corner is at `corner`; smaller where the grid ends. */
export function windowOf(grid: Grid, side: number, corner: Place): Grid {
  return gridOf(
    Math.min(side, grid.height - corner.row),
    Math.min(side, grid.width - corner.column),
    ({ row, column }) => valueAt(grid, { row: corner.row + row, column: corner.column + column }),
  );
}

/** The products of a window's numbers and the kernel's, of the same size. */
export function productsOf(window: Grid, kernel: Grid): Grid {
  return { ...window, values: window.values.map((value, i) => value * (kernel.values[i] ?? NaN)) };
}

export function sumOf({ values }: Grid): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The mean of the products at every place where the kernel fits: stride 1, no padding. */
export function convolve(grid: Grid, kernel: Grid): Grid {
  const { height, width } = kernel;
  return gridOf(grid.height - height + 1, grid.width - width + 1, (corner) => {
    return sumOf(productsOf(windowOf(grid, height, corner), kernel)) / kernel.values.length;
  });
}

export function relu(grid: Grid): Grid {
  return { ...grid, values: grid.values.map((value) => Math.max(0, value)) };
}

/** The largest of each window of `side`, side by side; an odd last row and column are pooled alone (`same`). */
export function maxPool(grid: Grid, side: number): Grid {
  const along = (length: number): number => windowedLength(length, side, side, 'same');
  return gridOf(along(grid.height), along(grid.width), ({ row, column }) =>
    Math.max(...windowOf(grid, side, { row: row * side, column: column * side }).values),
  );
}
