/** Pictures in a grid, each with its three likeliest labels and their probabilities, as the talk shows them. */
import sharp from 'sharp';
import type { Pixels } from '../../protocol/learning/preprocess.ts';
import { percent } from './percent.ts';
import { escapeXml } from './svg-text.ts';

export type Guess = { readonly name: string; readonly probability: number };

export type PredictedPicture = {
  readonly pixels: Pixels;
  /** The likeliest first. */
  readonly guesses: readonly Guess[];
};

/** Of one tile, in pixels. */
const tile = { width: 240, picture: 240, row: 24, gap: 8 } as const;
const guessesShown = 3;
const tileHeight = tile.picture + guessesShown * tile.row + tile.gap;

/** A PNG with a tile of 240 x 320 pixels for each picture, about as many columns as rows. At least one picture. */
export async function predictionGrid(predicted: readonly PredictedPicture[]): Promise<Buffer> {
  const columns = Math.ceil(Math.sqrt(predicted.length));
  const rows = Math.ceil(predicted.length / columns);
  const tiles = await Promise.all(
    predicted.map(async ({ pixels, guesses }, i) => {
      const left = tile.gap + (i % columns) * (tile.width + tile.gap);
      const top = tile.gap + Math.floor(i / columns) * (tileHeight + tile.gap);
      const caption = { input: Buffer.from(captionSvg(guesses)), left, top: top + tile.picture };
      return [{ input: await thumbnail(pixels), left, top }, caption];
    }),
  );
  const canvas = {
    width: tile.gap + columns * (tile.width + tile.gap),
    height: tile.gap + rows * (tileHeight + tile.gap),
    channels: 3,
    background: '#111827',
  } as const;
  return sharp({ create: canvas }).composite(tiles.flat()).png().toBuffer();
}

/** The whole picture within a square. */
function thumbnail({ data, width, height, channels }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } })
    .resize({ width: tile.width, height: tile.picture, fit: 'contain', background: '#111827' })
    .png()
    .toBuffer();
}

function captionSvg(guesses: readonly Guess[]): string {
  const bars = guesses.slice(0, guessesShown).flatMap(({ name, probability }, i) => {
    const y = i * tile.row;
    const share = (probability * tile.width).toFixed(1);
    return [
      `<rect y="${String(y + 2)}" width="${share}" height="${String(tile.row - 4)}" rx="3" fill="${i === 0 ? '#15803d' : '#374151'}"/>`,
      `<text x="6" y="${String(y + 17)}">${escapeXml(shortened(name))}</text>`,
      `<text x="${String(tile.width - 6)}" y="${String(y + 17)}" text-anchor="end">${percent(probability)}</text>`,
    ];
  });
  const size = `width="${String(tile.width)}" height="${String(tileHeight - tile.picture)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="14" fill="white">${bars.join('')}</svg>`;
}

function shortened(name: string): string {
  const characters = [...name];
  return characters.length > 22 ? `${characters.slice(0, 21).join('')}…` : name;
}
