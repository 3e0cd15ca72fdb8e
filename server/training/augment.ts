/** Random views of a training picture, so that a network learns what a thing is and not how it lay in one picture. */
import { centralSquare, toInput, viewToInput } from '../../protocol/learning/preprocess.ts';
import type { Crop, Pixels } from '../../protocol/learning/preprocess.ts';
import type { Random } from '../../protocol/learning/random.ts';

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

/** Brightness, contrast and saturation, each times 1 ± `strength`; the result stays within -1..1. */
function jitterColours(input: Float32Array, strength: number, random: Random): void {
  const brightness = uniform(random, 1 - strength, 1 + strength);
  const contrast = uniform(random, 1 - strength, 1 + strength);
  const saturation = uniform(random, 1 - strength, 1 + strength);
  let sum = 0;
  for (const value of input) sum += value;
  const black = -1;
  const mean = (sum / input.length - black) * brightness + black;
  for (let at = 0; at < input.length; at += 3) {
    const r = input[at] ?? 0;
    const g = input[at + 1] ?? 0;
    const b = input[at + 2] ?? 0;
    const grey = 0.299 * r + 0.587 * g + 0.114 * b;
    input[at] = jittered(r, grey);
    input[at + 1] = jittered(g, grey);
    input[at + 2] = jittered(b, grey);
  }

  function jittered(value: number, grey: number): number {
    const bright = (grey + saturation * (value - grey) - black) * brightness + black;
    return Math.min(1, Math.max(-1, mean + contrast * (bright - mean)));
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
    const source = toInput(pixels, size);
    const centre = (size - 1) / 2;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const down = (row - centre) * zoomY;
        const right = (column - centre) * zoomX;
        const y = down - Math.sin(shear) * right + shiftY + centre;
        const x = Math.cos(shear) * right + shiftX + centre;
        sampleBilinear(source, size, { x, y }, input, (row * size + (flip ? size - 1 - column : column)) * 3);
      }
    }
  };
}

/** Writes the colour of `source` `[size, size, 3]` at a point, or at the nearest one inside, to `input` from `out` on. */
function sampleBilinear(
  source: Float32Array,
  size: number,
  point: { readonly x: number; readonly y: number },
  input: Float32Array,
  out: number,
): void {
  const x = Math.min(size - 1, Math.max(0, point.x));
  const y = Math.min(size - 1, Math.max(0, point.y));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(size - 1, left + 1);
  const bottom = Math.min(size - 1, top + 1);
  for (let c = 0; c < 3; c++) {
    const at = (row: number, column: number): number => source[(row * size + column) * 3 + c] ?? 0;
    const upper = at(top, left) + (x - left) * (at(top, right) - at(top, left));
    const lower = at(bottom, left) + (x - left) * (at(bottom, right) - at(bottom, left));
    input[out + c] = upper + (y - top) * (lower - upper);
  }
}

function uniform(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low);
}
