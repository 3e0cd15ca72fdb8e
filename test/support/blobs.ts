/** Crops that tests and benches draw in the browser. */
import type { Crop } from '../../client/recognition/api.ts';
import { cropSide } from '../../client/recognition/api.ts';
import { signedRandom } from './random-network.ts';

/** A picture of blobs, another one for every seed. */
export function drawBlobs(seed: number): Crop {
  const random = signedRandom(seed);
  const colours = Array.from({ length: 16 }, () => [0, 0, 0].map(() => 128 + 127 * random()));
  return Uint8ClampedArray.from({ length: cropSide ** 2 * 4 }, (_, i) => {
    const [x, y] = [Math.floor(i / 4) % cropSide, Math.floor(i / 4 / cropSide)];
    const colour = colours[Math.floor((x * 4) / cropSide) + 4 * Math.floor((y * 4) / cropSide)];
    return i % 4 === 3 ? 255 : (colour?.[i % 4] ?? 0);
  });
}
