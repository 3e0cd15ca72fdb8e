/** A tiny grey picture of a crop, to tell whether two frames show the same thing from the same place. */

const side = 16;

/** `[16, 16]` mean luma of the square `rgba` `[n, n, 4]`; n is a multiple of 16. */
export function signatureOf(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const width = Math.sqrt(rgba.length / 4);
  const cell = width / side;
  const sums = new Float64Array(side * side);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const luma = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
      const to = Math.floor(y / cell) * side + Math.floor(x / cell);
      sums[to] = (sums[to] ?? 0) + luma;
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / cell ** 2));
}

/** Mean absolute difference of two signatures, 0 to 255. */
export function signatureDistance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, luma, i) => sum + Math.abs(luma - (b[i] ?? 0)), 0) / a.length;
}
