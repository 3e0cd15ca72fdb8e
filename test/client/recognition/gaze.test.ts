import { expect, it } from 'vitest';
import { Gaze } from '../../../client/recognition/gaze.ts';
import { glanceCount } from '../../../protocol/learning/glances.ts';

const scene = (luma: number): Uint8Array => new Uint8Array(256).fill(luma);

/** What is known after each frame, when glance g of a frame has the embedding [10 frame's luma + g]. */
function lookAt(gaze: Gaze, lumas: readonly number[]) {
  return lumas.map((luma) => {
    const glance = gaze.next(scene(luma));
    const { whole, averaged } = gaze.add(Float32Array.of(10 * luma + glance));
    return { glance, whole: whole[0], averaged: averaged[0] };
  });
}

it('takes the glances in turn while the scene keeps still, and compares by their mean', () => {
  const seen = lookAt(new Gaze(), [1, 1, 1, 1, 1]);
  expect(seen.map(({ glance }) => glance)).toEqual([0, 1, 2, 3, 0]);
  expect(seen.map(({ whole }) => whole)).toEqual([10, 10, 10, 10, 10]);
  expect(seen.map(({ averaged }) => averaged)).toEqual([10, 10.5, 11, 11.5, 11.5]);
});

it('begins with the whole picture when another scene comes', () => {
  const seen = lookAt(new Gaze(), [1, 1, 100, 100, 1]);
  expect(seen.map(({ glance }) => glance)).toEqual([0, 1, 0, 1, 0]);
  expect(seen[2]).toEqual({ glance: 0, whole: 1000, averaged: 1000 });
});

it('forgets what a scene looked like before within as many frames as there are glances', () => {
  const gaze = new Gaze();
  lookAt(
    gaze,
    Array.from({ length: glanceCount }, () => 1),
  );
  const after = lookAt(
    gaze,
    Array.from({ length: glanceCount }, () => 3),
  ).at(-1);
  expect(after).toMatchObject({ whole: 30, averaged: 31.5 });
});

it('begins anew when it is told to', () => {
  const gaze = new Gaze();
  lookAt(gaze, [1, 1]);
  gaze.restart();
  expect(lookAt(gaze, [1])).toEqual([{ glance: 0, whole: 10, averaged: 10 }]);
});
