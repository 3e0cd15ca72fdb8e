/** How sharp a crop is, to tell a blurred frame of a scene from a sharp one. */

/** Mean absolute difference of neighbouring pixels' green, 0 to 255, of the square `rgba` `[n, n, 4]`. */
export function sharpnessOf(rgba: Uint8ClampedArray): number {
  const width = Math.sqrt(rgba.length / 4);
  let sum = 0;
  for (let y = 1; y < width; y++)
    for (let x = 1; x < width; x++) {
      const at = (y * width + x) * 4 + 1;
      const here = rgba[at] ?? 0;
      sum += Math.abs(here - (rgba[at - 4] ?? 0)) + Math.abs(here - (rgba[at - 4 * width] ?? 0));
    }
  return sum / (2 * (width - 1) ** 2);
}
