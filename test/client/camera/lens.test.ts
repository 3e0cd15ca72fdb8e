import { expect, it } from 'vitest';
import { mainLens, zoomSteps } from '../../../client/camera/lens.ts';

const named = (...names: readonly string[]) => names.map((name, i) => ({ id: String(i), name }));

it('takes the main camera of an Android phone when the browser gave another one on the back', () => {
  const cameras = named('camera2 1, facing front', 'camera2 2, facing back', 'camera2 0, facing back');
  expect(mainLens(cameras, '1')).toBe('2');
  expect(mainLens(cameras, '2')).toBeUndefined();
});

it('takes the plain camera of an iPhone rather than one that is wide or made of several', () => {
  const cameras = named('Front Camera', 'Back Triple Camera', 'Back Ultra Wide Camera', 'Back Camera');
  expect(mainLens(cameras, '2')).toBe('3');
  expect(mainLens(cameras, '3')).toBeUndefined();
});

it('leaves the camera as it is when it looks at the person, or when no name tells', () => {
  expect(mainLens(named('camera2 1, facing front', 'camera2 0, facing back'), '0')).toBeUndefined();
  expect(mainLens(named('Integrated Webcam', 'USB Camera'), '0')).toBeUndefined();
});

it('offers the zooms that a camera has, whether it counts from 1 or in per cent', () => {
  expect(zoomSteps({ min: 0.5, max: 3 })).toEqual({ once: 1, steps: [0.5, 1, 2] });
  expect(zoomSteps({ min: 100, max: 500 })).toEqual({ once: 100, steps: [1, 2, 5] });
  expect(zoomSteps({ min: 1, max: 0 }).steps).toEqual([]);
});
