import { expect, it } from 'vitest';
import type { BurstFrame } from '../../../client/capture/burst-picker.ts';
import { BurstPicker, burstRule } from '../../../client/capture/burst-picker.ts';
import { sharpnessOf } from '../../../client/recognition/sharpness.ts';
import { signatureOf } from '../../../client/recognition/signature.ts';
import type { Random } from '../../../protocol/learning/random.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';

const grey = (luma: number, sharpness = 10): BurstFrame => ({ signature: new Uint8Array(256).fill(luma), sharpness });

/** Stripes as a camera sees them, with the noise of its sensor. */
function noisyStripes(random: Random): BurstFrame {
  const rgba = new Uint8ClampedArray(224 * 224 * 4);
  for (let at = 0; at < rgba.length; at++)
    rgba[at] = (Math.floor((at % (224 * 4)) / 80) % 2 ? 180 : 60) + Math.round(8 * (random.next() - 0.5));
  return { signature: signatureOf(rgba), sharpness: sharpnessOf(rgba) };
}

it('keeps eight frames that differ, within two seconds at thirty a second', () => {
  const picker = new BurstPicker(0);
  let nowMs = 0;
  for (; !picker.isDone(nowMs); nowMs += 1000 / 30) picker.offer(grey(100 + nowMs / 20), nowMs);
  expect(picker.kept).toBe(burstRule.wanted);
  expect(nowMs).toBeLessThan(2000);
});

it('keeps eight frames on a device that sees one a second, too', () => {
  const picker = new BurstPicker(0);
  let nowMs = 0;
  for (; !picker.isDone(nowMs); nowMs += 1000) picker.offer(grey(100 + nowMs / 500), nowMs);
  expect(picker.kept).toBe(burstRule.wanted);
});

it('keeps one of sixty frames of a scene that does not move, says why, and ends', () => {
  const picker = new BurstPicker(0);
  let nowMs = 0;
  for (; !picker.isDone(nowMs); nowMs += 100) picker.offer(grey(128), nowMs);
  expect(picker.kept).toBe(1);
  expect(picker.dropped).toEqual({ alike: 37, blurred: 0, dark: 0 });
  expect(nowMs).toBe(burstRule.patienceMs);
});

it('keeps at most six of sixty frames that differ in nothing but the noise of the camera', () => {
  const [picker, random] = [new BurstPicker(0), seededRandom(1)];
  for (let frame = 0; frame < 60; frame++) picker.offer(noisyStripes(random), (frame * 1000) / 30);
  expect(picker.kept).toBeLessThanOrEqual(6);
  expect(picker.dropped.alike).toBeGreaterThan(10);
});

it('takes no frame twice, even when another one came between', () => {
  const picker = new BurstPicker(0);
  expect([0, 300, 600].map((atMs, i) => picker.offer(grey(i % 2 ? 90 : 160), atMs))).toEqual([true, true, false]);
});

it('leaves out what is much more blurred or darker than the picture that was frozen, and says how many', () => {
  const picker = new BurstPicker(0);
  const frames = [grey(120), grey(130, 4), grey(40), grey(50), grey(140, 9)];
  expect(frames.map((frame, i) => picker.offer(frame, 300 * i))).toEqual([true, false, false, false, true]);
  expect(picker.dropped).toEqual({ alike: 0, blurred: 1, dark: 2 });
});

it('finds a picture less sharp when it is blurred', () => {
  const side = 32;
  const striped = (blur: number): Uint8ClampedArray =>
    Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => {
      const x = Math.floor(at / 4) % side;
      return 128 + (100 - blur) * (Math.floor(x / 4) % 2 ? 1 : -1);
    });
  expect(sharpnessOf(striped(60))).toBeLessThan(burstRule.minSharpness * sharpnessOf(striped(0)));
});
