/** Pictures of patterns that tests draw themselves, different enough for a small network to tell apart. */
import sharp from 'sharp';
import type { Pixels } from '../../protocol/learning/preprocess.ts';
import type { Random } from '../../protocol/learning/random.ts';

const side = 48;

/** By name the colour at a place; `u` and `v` run over about four periods of the pattern. */
const patterns = {
  'red bars': (u: number) => (Math.sin(u * 6) > 0 ? [220, 40, 40] : [60, 60, 60]),
  'green rows': (_: number, v: number) => (Math.sin(v * 6) > 0 ? [40, 200, 60] : [60, 60, 60]),
  'blue checks': (u: number, v: number) => (Math.sin(u * 6) * Math.sin(v * 6) > 0 ? [50, 80, 230] : [200, 200, 200]),
  'grey dots': (u: number, v: number) => (Math.sin(u * 9) + Math.sin(v * 9) > 1 ? [20, 20, 20] : [170, 170, 170]),
  'yellow rows': (_: number, v: number) => (Math.sin(v * 9) > 0 ? [230, 210, 40] : [120, 60, 20]),
  'pink checks': (u: number, v: number) => (Math.sin(u * 9) * Math.sin(v * 9) > 0 ? [240, 120, 200] : [30, 60, 30]),
} satisfies Record<string, (u: number, v: number) => readonly number[]>;

export type Pattern = keyof typeof patterns;

export const allPatterns = Object.keys(patterns) as readonly Pattern[];

/** RGB, 48 x 48: the pattern somewhere, in some size and light, with noise. */
export function drawPattern(pattern: Pattern, random: Random): Pixels {
  const [left, top, scale] = [random.next() * 4, random.next() * 4, 3 + random.next() * 1.5];
  const light = 0.75 + random.next() * 0.4;
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const [u, v] = [left + ((i % side) / side) * scale, top + (Math.floor(i / side) / side) * scale];
    const colour: readonly number[] = patterns[pattern](u, v);
    for (let c = 0; c < 3; c++)
      data[i * 3 + c] = Math.max(0, Math.min(255, (colour[c] ?? 0) * light + (random.next() - 0.5) * 40));
  }
  return { data, width: side, height: side, channels: 3 };
}

/** The same as JPEG. */
export async function drawPatternJpeg(pattern: Pattern, random: Random): Promise<Uint8Array> {
  const { data, width, height } = drawPattern(pattern, random);
  return new Uint8Array(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 92 })
      .toBuffer(),
  );
}
