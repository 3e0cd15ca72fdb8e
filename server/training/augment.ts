/** Random views of a training picture, so that a network learns what a thing is and not how it lay in one picture. */
import { centralSquare, viewToInput } from '../../protocol/learning/preprocess.ts';
import type { Crop, Pixels } from '../../protocol/learning/preprocess.ts';
import type { Random } from '../../protocol/learning/random.ts';
import { squareOf } from './squares.ts';

/** Writes one random input `[size, size, 3]` of `pixels` into `input`. The same random numbers give the same input. */
export type Augmentation = (pixels: Pixels, size: number, random: Random, input: Float32Array) => void;

/** The recipes that Occhio knows. A new one is one line here. */
export const augmentations = {
  none: (pixels, size, _random, input) => {
    viewToInput(pixels, { crop: centralSquare(pixels), flip: false }, size, input);
  },
  mobile: crops({ minArea: 0.5, jitter: 0.2 }),
  /** The end of pre-training: nearly what the camera will show. */
  gentle: crops({ minArea: 0.7, jitter: 0.15 }),
  /** The talk's: shear 0.2 (degrees, as Keras means it), zoom 0.2, shifts 0.2, mirrored half the time, edges repeated. */
  talk: affine({ shearDegrees: 0.2, zoom: 0.2, shift: 0.2 }),
} satisfies Record<string, Augmentation>;

export type AugmentationName = keyof typeof augmentations;

/** Those that look at the central square only: a run makes the squares once, not for every view (see `squaresOf`). */
export const ofSquares: ReadonlySet<AugmentationName> = new Set(['talk']);

/** Random resized crops (Szegedy et al. 2015), mirrored half the time, with colour jitter (Howard 2013). */
function crops(options: { readonly minArea: number; readonly jitter: number }): Augmentation {
  return (pixels, size, random, input) => {
    const crop = randomCrop(pixels, options.minArea, random);
    viewToInput(pixels, { crop, flip: random.next() < 0.5 }, size, input);
    jitterColours(input, options.jitter, random);
  };
}

const crookedestRatio = 4 / 3;

/** A rectangle of at least `minArea` of the central square, up to all of it, its sides up to 4 : 3, anywhere in the picture. */
function randomCrop(pixels: Pixels, minArea: number, random: Random): Crop {
  const { width: side } = centralSquare(pixels);
  const area = uniform(random, minArea, 1) * side * side;
  const ratio = Math.exp(uniform(random, -1, 1) * Math.log(crookedestRatio));
  const width = Math.min(pixels.width, Math.round(Math.sqrt(area * ratio)));
  const height = Math.min(pixels.height, Math.round(Math.sqrt(area / ratio)));
  return {
    x: Math.floor(random.next() * (pixels.width - width + 1)),
    y: Math.floor(random.next() * (pixels.height - height + 1)),
    width,
    height,
  };
}

/**
 * Brightness, contrast (about the mean) and saturation (about the grey of each pixel), each times 1 ± `strength`; the
 * result stays within -1..1. All three are one linear map of a colour and its grey.
 */
function jitterColours(input: Float32Array, strength: number, random: Random): void {
  const brightness = uniform(random, 1 - strength, 1 + strength);
  const contrast = uniform(random, 1 - strength, 1 + strength);
  const saturation = uniform(random, 1 - strength, 1 + strength);
  let sum = 0;
  for (let at = 0; at < input.length; at++) sum += input[at] ?? 0;
  // Black is -1: a colour x becomes (x + 1) * brightness - 1 when it is lit.
  const mean = (sum / input.length + 1) * brightness - 1;
  const ofColour = contrast * brightness * saturation;
  const ofGrey = contrast * brightness * (1 - saturation);
  const offset = contrast * (brightness - 1) + mean * (1 - contrast);
  for (let at = 0; at < input.length; at += 3) {
    const r = input[at] ?? 0;
    const g = input[at + 1] ?? 0;
    const b = input[at + 2] ?? 0;
    const grey = ofGrey * (0.299 * r + 0.587 * g + 0.114 * b) + offset;
    input[at] = Math.min(1, Math.max(-1, ofColour * r + grey));
    input[at + 1] = Math.min(1, Math.max(-1, ofColour * g + grey));
    input[at + 2] = Math.min(1, Math.max(-1, ofColour * b + grey));
  }
}

/** Keras' ImageDataGenerator as the talk uses it: one affine map about the centre, bilinear, edges repeated outwards. */
function affine(options: {
  readonly shearDegrees: number;
  readonly zoom: number;
  readonly shift: number;
}): Augmentation {
  return (pixels, size, random, input) => {
    const shear = (uniform(random, -options.shearDegrees, options.shearDegrees) * Math.PI) / 180;
    const zoomY = uniform(random, 1 - options.zoom, 1 + options.zoom);
    const zoomX = uniform(random, 1 - options.zoom, 1 + options.zoom);
    const shiftY = uniform(random, -options.shift, options.shift) * size;
    const shiftX = uniform(random, -options.shift, options.shift) * size;
    const flip = random.next() < 0.5;
    mapToInput(squareOf(pixels, size).data, size, input, {
      xByColumn: Math.cos(shear) * zoomX * (flip ? -1 : 1),
      yByColumn: -Math.sin(shear) * zoomX * (flip ? -1 : 1),
      yByRow: zoomY,
      shiftX,
      shiftY,
    });
  };
}

/** From places in the input to places in the picture, both in pixels from their centres. */
type AffineMap = {
  readonly xByColumn: number;
  readonly yByColumn: number;
  readonly yByRow: number;
  readonly shiftX: number;
  readonly shiftY: number;
};

/** Writes what the square `source` `[size, size, 3]` has at the mapped places, or at the nearest inside it, as -1..1. */
function mapToInput(source: Pixels['data'], size: number, input: Float32Array, map: AffineMap): void {
  const { xByColumn, yByColumn, yByRow, shiftX, shiftY } = map;
  const last = size - 1;
  const centre = last / 2;
  let out = 0;
  for (let row = 0; row < size; row++) {
    const rowY = (row - centre) * yByRow + shiftY + centre;
    for (let column = 0; column < size; column++, out += 3) {
      const x = Math.min(last, Math.max(0, (column - centre) * xByColumn + shiftX + centre));
      const y = Math.min(last, Math.max(0, (column - centre) * yByColumn + rowY));
      const left = Math.floor(x);
      const top = Math.floor(y);
      const topLeft = (top * size + left) * 3;
      const topRight = left < last ? topLeft + 3 : topLeft;
      const down = top < last ? size * 3 : 0;
      // The weights of the four neighbours, which sum to 1.
      const d = (x - left) * (y - top);
      const b = x - left - d;
      const c = y - top - d;
      const a = 1 - b - c - d;
      for (let colour = 0; colour < 3; colour++) {
        const upper = a * (source[topLeft + colour] ?? 0) + b * (source[topRight + colour] ?? 0);
        const lower = c * (source[topLeft + down + colour] ?? 0) + d * (source[topRight + down + colour] ?? 0);
        input[out + colour] = (upper + lower) / 127.5 - 1;
      }
    }
  }
}

function uniform(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low);
}
