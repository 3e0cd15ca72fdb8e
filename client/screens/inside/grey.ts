/** A picture as one map of numbers, from -1 (black) to 1 (white). */
import { toInput } from '../../../protocol/learning/preprocess.ts';
import type { Inside } from '../../recognition/inside.ts';
import type { Grid } from './convolution.ts';
import { gridOf } from './convolution.ts';

/** Resized to `side` as networks' inputs are; the mean of red, green and blue. */
export function greyOf({ side: from, rgb }: Inside['picture'], side: number): Grid {
  const input = toInput({ data: rgb, width: from, height: from, channels: 3 }, side);
  return gridOf(side, side, ({ row, column }) => {
    const at = (row * side + column) * 3;
    return ((input[at] ?? 0) + (input[at + 1] ?? 0) + (input[at + 2] ?? 0)) / 3;
  });
}
