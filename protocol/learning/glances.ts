/** How a picture is looked at before it is compared with others: more than once, since one look depends on where the thing lies. */
import type { Pixels, View } from './preprocess.ts';
import { centralSquare, viewToInput } from './preprocess.ts';

/** What a network makes of one picture. */
export type Seen = {
  /** `[d]`, the embedding of the whole picture: what the shipped head was trained to answer for. */
  readonly whole: Float32Array;
  /** `[d]`, the mean embedding of all glances so far, the whole picture among them: what pictures are compared by. */
  readonly averaged: Float32Array;
};

/** Side of a closer glance, as a part of the whole's. */
const closer = 0.8;

/**
 * The whole picture, then three closer glances from corners, where `x` and `y` say which corner. Averaging over crops and
 * mirror images is Krizhevsky et al. (2012).
 */
const glances = [
  { part: 1, x: 0, y: 0, flip: false },
  { part: closer, x: 0, y: 0, flip: true },
  { part: closer, x: 0, y: 1, flip: false },
  { part: closer, x: 1, y: 1, flip: true },
] as const;

export const glanceCount = glances.length;

/** Writes into `input` `[size, size, 3]` the glance at place `glance` (below `glanceCount`; 0 is the whole) at the central square of `pixels`. */
export function glanceInto(input: Float32Array, pixels: Pixels, size: number, glance: number): void {
  viewToInput(pixels, glanceView(pixels, glance), size, input);
}

/** All glances at `pixels`, in order. */
export function glancesAt(pixels: Pixels, size: number): readonly Float32Array<ArrayBuffer>[] {
  return glances.map((_, glance) => {
    const input = new Float32Array(size * size * 3);
    glanceInto(input, pixels, size, glance);
    return input;
  });
}

/** From the embeddings of glances, that of the whole picture first. */
export function seenBy(embeddings: readonly Float32Array[]): Seen {
  const [whole = new Float32Array()] = embeddings;
  const sums = new Float32Array(whole.length);
  for (const embedding of embeddings) for (const [i, value] of embedding.entries()) sums[i] = (sums[i] ?? 0) + value;
  return { whole, averaged: sums.map((sum) => sum / embeddings.length) };
}

/** A picture of which one glance is all there is. */
export function seenOnce(embedding: Float32Array): Seen {
  return { whole: embedding, averaged: embedding };
}

function glanceView(pixels: Pixels, glance: number): View {
  const { part, x, y, flip } = glances[glance] ?? glances[0];
  const square = centralSquare(pixels);
  const side = Math.round(square.width * part);
  const rest = square.width - side;
  return { crop: { x: square.x + x * rest, y: square.y + y * rest, width: side, height: side }, flip };
}
