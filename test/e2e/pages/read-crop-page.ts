/** Compares how a camera's planes are read with what the browser itself makes of the same frame. */
import { cropSide } from '../../../client/recognition/api.ts';
import { planesOf } from '../../../client/recognition/planes.ts';
import { readCrop } from '../../../client/recognition/read-crop.ts';

const [width, height] = [1280, 720];
const square = { x: 323, y: 43, side: 634 };

export type Colour = {
  readonly format: 'I420' | 'NV12';
  readonly matrix: VideoMatrixCoefficients;
  readonly fullRange: boolean;
};

/** Slow waves in brightness and in both colour differences, within the limited range. */
function newFrame({ format, matrix, fullRange }: Colour): VideoFrame {
  const cells = width * height;
  const data = new Uint8Array(cells * 1.5);
  const wave = (x: number, y: number, phase: number): number => Math.sin(x / 90 + phase) * Math.cos(y / 70 - phase);
  for (let i = 0; i < cells; i++) data[i] = 126 + 80 * wave(i % width, Math.floor(i / width), 0);
  for (let i = 0; i < cells / 4; i++) {
    const [x, y] = [2 * (i % (width / 2)), 2 * Math.floor(i / (width / 2))];
    const [blue, red] = [128 + 50 * wave(x, y, 1), 128 + 50 * wave(x, y, 2)];
    data[cells + (format === 'NV12' ? 2 * i : i)] = blue;
    data[cells + (format === 'NV12' ? 2 * i + 1 : cells / 4 + i)] = red;
  }
  return new VideoFrame(data, {
    format,
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix, fullRange, primaries: 'bt709', transfer: 'bt709' },
  });
}

/** Mean absolute difference of the crops, 0 to 255; undefined when the frame's planes are not read. */
async function difference(colour: Colour): Promise<number | undefined> {
  const frame = newFrame(colour);
  if (!(await planesOf(frame))) return undefined;
  const context = new OffscreenCanvas(cropSide, cropSide).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(frame, square.x, square.y, square.side, square.side, 0, 0, cropSide, cropSide);
  const drawn = context.getImageData(0, 0, cropSide, cropSide).data;
  const read = await readCrop({ id: 1, picture: frame, square });
  return read.reduce((sum, value, i) => sum + Math.abs(value - (drawn[i] ?? 0)), 0) / read.length;
}

declare global {
  interface Window {
    difference: typeof difference;
  }
}
window.difference = difference;
document.documentElement.dataset['ready'] = '';
