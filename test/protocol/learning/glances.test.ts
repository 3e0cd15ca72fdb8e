/** How a picture is looked at, on pictures that the test draws. */
import { expect, it } from 'vitest';
import { glanceCount, glancesAt, seenBy, seenOnce } from '../../../protocol/learning/glances.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';

/** Red rises to the right, green downwards, from 0 to about 255. */
function ramps(width: number, height: number) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([Math.round((x / width) * 255), Math.round((y / height) * 255), 0], (y * width + x) * 3);
  return { data, width, height, channels: 3 } as const;
}

it('looks at the whole picture first, then closer from corners, each inside the whole', () => {
  const size = 20;
  const picture = ramps(60, 60);
  const glances = glancesAt(picture, size);
  expect(glances).toHaveLength(glanceCount);
  expect(glances[0]).toEqual(toInput(picture, size));
  // By glance the least and the largest of red and of green: where it looked.
  const extent = (input: Float32Array, channel: number): readonly [number, number] => {
    const values = input.filter((_, i) => i % 3 === channel);
    return [Math.min(...values), Math.max(...values)];
  };
  const [whole, ...closer] = glances.map((input) => ({ red: extent(input, 0), green: extent(input, 1) }));
  for (const { red, green } of closer)
    for (const [one, all] of [[red, whole!.red] as const, [green, whole!.green] as const]) {
      expect(one[0]).toBeGreaterThanOrEqual(all[0] - 0.05);
      expect(one[1]).toBeLessThanOrEqual(all[1] + 0.05);
      expect(one[1] - one[0]).toBeLessThan(0.9 * (all[1] - all[0]));
    }
  expect(new Set(glances.map((input) => input.join())).size).toBe(glanceCount);
});

it('looks at some of them mirrored', () => {
  const size = 20;
  const rises = glancesAt(ramps(60, 60), size).map((input) => (input[(size - 1) * 3] ?? 0) > (input[0] ?? 0));
  expect(rises).toContain(true);
  expect(rises).toContain(false);
});

it('keeps to the central square of an oblong picture', () => {
  const [wide, square] = [ramps(80, 40), ramps(80, 40)];
  // What lies outside the square has no influence.
  for (let y = 0; y < 40; y++)
    for (let x = 0; x < 80; x++) if (x < 20 || x >= 60) square.data.fill(255, (y * 80 + x) * 3, (y * 80 + x) * 3 + 3);
  expect(glancesAt(wide, 16)).toEqual(glancesAt(square, 16));
});

it('compares by the mean of all glances, and keeps the whole as it is', () => {
  const seen = seenBy([Float32Array.of(1, 2), Float32Array.of(3, 6)]);
  expect(seen).toEqual({ whole: Float32Array.of(1, 2), averaged: Float32Array.of(2, 4) });
  expect(seenOnce(Float32Array.of(1, 2))).toEqual(seenBy([Float32Array.of(1, 2)]));
});
