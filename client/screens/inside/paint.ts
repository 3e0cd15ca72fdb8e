/** Draws maps and pictures on canvases, pixel by pixel. The colours are the same in both themes, like a photograph's. */
import type { Heatmap, Inside, StepMaps } from '../../recognition/inside.ts';
import type { Grid } from './convolution.ts';
import { greyOf } from './grey.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** From the largest negative over 0 to the largest positive. */
const scale: readonly Colour[] = [
  [140, 205, 255],
  [46, 108, 176],
  [20, 22, 27],
  [190, 92, 20],
  [255, 226, 160],
];

/** Colours of the bytes -127 to 127, by byte + 127. */
const palette: readonly Colour[] = Array.from({ length: 255 }, (_, i) => {
  const at = (i / 254) * (scale.length - 1);
  const [low, high] = [scale[Math.floor(at)], scale[Math.ceil(at)]];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round((low?.[channel] ?? 0) * (1 - (at % 1)) + (high?.[channel] ?? 0) * (at % 1));
  return [mix(0), mix(1), mix(2)];
});

const mapsInRow = 6;

/** The maps of a step in rows of six, or a vector as a strip of bars. */
export function paintMaps(canvas: HTMLCanvasElement, { values, maps, height, width }: StepMaps): void {
  const columns = Math.min(maps, mapsInRow);
  const gap = maps > 1 ? Math.max(1, Math.round(width / 12)) : 0;
  const [across, down] = [width + gap, height + gap];
  const image = new ImageData(columns * across - gap, Math.ceil(maps / columns) * down - gap);
  for (let map = 0; map < maps; map++)
    for (let place = 0; place < width * height; place++) {
      const x = (map % columns) * across + (place % width);
      const y = Math.floor(map / columns) * down + Math.floor(place / width);
      setPixel(image, y * image.width + x, palette[(values[map * width * height + place] ?? 0) + 127]);
    }
  put(canvas, image);
}

/** Numbers from -1 to 1, `[height, width]`, each as one pixel; grey, or in the colours of maps. */
export function paintGrid(
  canvas: HTMLCanvasElement,
  { height, width, values }: Grid,
  colours: 'grey' | 'signed',
): void {
  const image = new ImageData(width, height);
  values.forEach((value, i) => {
    const grey = Math.round((value + 1) * 127.5);
    setPixel(image, i, colours === 'grey' ? [grey, grey, grey] : palette[Math.round(value * 127) + 127]);
  });
  put(canvas, image);
}

export function paintPicture(canvas: HTMLCanvasElement, { side, rgb }: Inside['picture']): void {
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) setPixel(image, i, [rgb[i * 3] ?? 0, rgb[i * 3 + 1] ?? 0, rgb[i * 3 + 2] ?? 0]);
  put(canvas, image);
}

/** Pixels of a heatmap's canvas, along a side. */
const heatSide = 240;

/** The picture in grey, and over it what spoke for the answer (warm) and against it (blue). */
export function paintHeat(canvas: HTMLCanvasElement, picture: Inside['picture'], heat: Heatmap): void {
  const small = document.createElement('canvas');
  paintGrid(small, greyOf(picture, picture.side), 'grey');
  canvas.width = canvas.height = heatSide;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, heatSide, heatSide);
  put(small, heatColours(heat));
  context.drawImage(small, 0, 0, heatSide, heatSide);
}

/** A pixel for each place, to lie over the picture itself. */
export function paintHeatAlone(canvas: HTMLCanvasElement, heat: Heatmap): void {
  put(canvas, heatColours(heat));
}

function heatColours(heat: Heatmap): ImageData {
  const places = new ImageData(heat.side, heat.side);
  heat.values.forEach((value, i) => {
    const [red, green, blue] = value < 0 ? [46, 108, 176] : [255, 140, 26];
    places.data.set([red, green, blue, Math.min(255, Math.abs(value) * 1.6)], i * 4);
  });
  return places;
}

function setPixel({ data }: ImageData, pixel: number, [red, green, blue]: Colour = [0, 0, 0]): void {
  data[pixel * 4] = red;
  data[pixel * 4 + 1] = green;
  data[pixel * 4 + 2] = blue;
  data[pixel * 4 + 3] = 255;
}

/** Resizes the canvas only when it has to be: that clears it. */
function put(canvas: HTMLCanvasElement, image: ImageData): void {
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  canvas.getContext('2d', { willReadFrequently: true })?.putImageData(image, 0, 0);
}
