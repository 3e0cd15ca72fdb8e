import { expect, it } from 'vitest';
import { BurstPicker, burstRule } from '../../../client/capture/burst-picker.ts';

const grey = (luma: number): Uint8Array => new Uint8Array(256).fill(luma);

it('keeps eight frames that differ, within two seconds at thirty a second', () => {
  const picker = new BurstPicker(0);
  let nowMs = 0;
  for (; !picker.isDone(nowMs); nowMs += 1000 / 30) picker.offer(grey(nowMs / 20), nowMs);
  expect(picker.kept).toBe(burstRule.wanted);
  expect(nowMs).toBeLessThan(2000);
});

it('keeps one of sixty frames of a scene that does not move, and ends', () => {
  const picker = new BurstPicker(0);
  let nowMs = 0;
  for (; !picker.isDone(nowMs); nowMs += 100) picker.offer(grey(128), nowMs);
  expect(picker.kept).toBe(1);
  expect(nowMs).toBe(burstRule.longestMs);
});

it('takes no frame twice, even when another one came between', () => {
  const picker = new BurstPicker(0);
  expect([0, 300, 600].map((atMs, i) => picker.offer(grey(i % 2 ? 90 : 160), atMs))).toEqual([true, true, false]);
});
