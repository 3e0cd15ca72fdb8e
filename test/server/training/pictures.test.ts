import { expect, test } from 'vitest';
import { blankPictures, pictureAt } from '../../../server/training/pictures.ts';

test('keeps pictures of different sizes apart', () => {
  const pictures = blankPictures([
    { width: 2, height: 1 },
    { width: 1, height: 3 },
  ]);
  (pictureAt(pictures, 0).data as Uint8Array).fill(1);
  (pictureAt(pictures, 1).data as Uint8Array).fill(2);
  expect([...pictures.bytes]).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(pictureAt(pictures, 1)).toMatchObject({ width: 1, height: 3, channels: 3 });
});

test('refuses a picture that is not there', () => {
  expect(() => pictureAt(blankPictures([]), 0)).toThrow(RangeError);
});
