/** Sizes of pictures and of their padding. */
import type { Padding, Shape } from '../../../../protocol/learning/model-spec.ts';
import { paddingBefore, type PlacedLayer } from '../../../../protocol/learning/shapes.ts';

/** Height, width and channels; a vector is one pixel. */
export function imageShape(shape: Shape): readonly [number, number, number] {
  const [h = 1, w = 1, c = 1] = shape.length === 1 ? [1, 1, ...shape] : shape;
  return [h, w, c];
}

/** Size of a picture with its padding, as far as windows reach, and where the picture lies in it. */
export function paddedSize(placing: {
  readonly layer: { readonly kernel: number; readonly stride: number; readonly padding: Padding };
  readonly placed: PlacedLayer;
}): { readonly height: number; readonly width: number; readonly top: number; readonly left: number } {
  const { kernel, stride, padding } = placing.layer;
  const [h, w] = imageShape(placing.placed.inputShape);
  const [outputHeight, outputWidth] = imageShape(placing.placed.outputShape);
  return {
    height: (outputHeight - 1) * stride + kernel,
    width: (outputWidth - 1) * stride + kernel,
    top: paddingBefore(h, kernel, stride, padding),
    left: paddingBefore(w, kernel, stride, padding),
  };
}
