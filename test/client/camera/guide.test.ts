import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guideFor } from '../../../client/camera/guide.ts';

const length = fc.integer({ min: 300, max: 4000 });
const size = fc.record({ width: length, height: length });

it('shows on the screen exactly the square that the network gets', () => {
  fc.assert(
    fc.property(
      size,
      size,
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 150 }),
      (picture, stage, top, bottom) => {
        const guide = guideFor(picture, stage, { top, bottom });
        const scale = Math.max(stage.width / picture.width, stage.height / picture.height);
        // Where CSS `object-fit: cover` puts the picture's corner.
        const left = (stage.width - picture.width * scale) / 2;
        const above = (stage.height - picture.height * scale) / 2;
        expect(guide?.onScreen.x).toBeCloseTo(left + (guide?.inPicture.x ?? NaN) * scale, 6);
        expect(guide?.onScreen.y).toBeCloseTo(above + (guide?.inPicture.y ?? NaN) * scale, 6);
        expect(guide?.onScreen.side).toBeCloseTo((guide?.inPicture.side ?? NaN) * scale, 6);
      },
    ),
  );
});

it('lies inside the picture and clear of what covers the stage', () => {
  fc.assert(
    fc.property(size, size, (picture, stage) => {
      const insets = { top: 60, bottom: 120 };
      const { inPicture, onScreen } = guideFor(picture, stage, insets) ?? { inPicture: undefined, onScreen: undefined };
      expect(inPicture?.x).toBeGreaterThanOrEqual(-1e-6);
      expect(inPicture?.y).toBeGreaterThanOrEqual(-1e-6);
      expect((inPicture?.x ?? NaN) + (inPicture?.side ?? NaN)).toBeLessThanOrEqual(picture.width + 1e-6);
      expect((inPicture?.y ?? NaN) + (inPicture?.side ?? NaN)).toBeLessThanOrEqual(picture.height + 1e-6);
      expect(onScreen?.y).toBeGreaterThanOrEqual(insets.top);
      expect((onScreen?.y ?? NaN) + (onScreen?.side ?? NaN)).toBeLessThanOrEqual(stage.height - insets.bottom);
    }),
  );
});

it('is nowhere while the picture has no size or nothing of the stage is free', () => {
  const insets = { top: 0, bottom: 0 };
  expect(guideFor({ width: 0, height: 0 }, { width: 390, height: 844 }, insets)).toBeUndefined();
  expect(guideFor({ width: 640, height: 480 }, { width: 390, height: 300 }, { top: 150, bottom: 150 })).toBeUndefined();
});
