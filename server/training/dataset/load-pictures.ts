/** Decodes the pictures of a dataset into memory, before training, so that a broken one is found at once. */
import { BadInput } from '../../bad-input.ts';
import type { Pictures } from '../pictures.ts';
import { blankPictures, pictureAt } from '../pictures.ts';
import { decodePicture, keptSize } from './decode-picture.ts';
import type { PictureSource } from './picture-source.ts';

/** Reads at once: the decoder has threads of its own, and a file's bytes are held meanwhile. */
const atOnce = 4;

const maxGigabytes = 4;

export type LoadOptions = {
  /** Shorter side of what is kept, in pixels; smaller pictures stay as they are. */
  readonly side: number;
  /** Called after each picture with how many are done. */
  readonly onPicture?: (done: number, of: number) => void;
  /** Ends the loading with its reason. */
  readonly signal?: AbortSignal;
};

/**
 * Pictures in the order of `files`, upright. Rejects with BadInput, naming the file, at the first that is broken, and
 * when all together are too many.
 */
export async function loadPictures(
  source: PictureSource,
  files: readonly string[],
  { side, onPicture, signal }: LoadOptions,
): Promise<Pictures> {
  const sizes = await mapAtOnce(files, async (file) => {
    signal?.throwIfAborted();
    return keptSize(await source.read(file), file, side);
  });
  const gigabytes = sizes.reduce((sum, { width, height }) => sum + width * height * 3, 0) / 1024 ** 3;
  if (gigabytes > maxGigabytes)
    throw new BadInput(
      `The ${String(files.length)} pictures of ${source.name} take ${gigabytes.toFixed(1)} GB of memory; expected at most ${String(maxGigabytes)}.`,
    );
  const pictures = blankPictures(sizes);
  let done = 0;
  await mapAtOnce(files, async (file, i) => {
    signal?.throwIfAborted();
    const { data, width, height } = pictureAt(pictures, i);
    await decodePicture(await source.read(file), file, { width, height }, data);
    onPicture?.(++done, files.length);
  });
  return pictures;
}

/** `make` of every item, in order, `atOnce` at a time; the first failure wins and no more are begun. */
async function mapAtOnce<T, R>(items: readonly T[], make: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await make(items[index] as T, index); // index < items.length
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
