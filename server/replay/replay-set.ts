/** The pictures that are replayed: a pool that a person walks through with a camera, and pictures to test with. */
import { join } from 'node:path';
import { BadInput } from '../bad-input.ts';
import type { Arrangement } from '../training/dataset/arrangement.ts';
import { arrange } from '../training/dataset/arrangement.ts';
import { openFolder } from '../training/dataset/folder-source.ts';
import type { PictureSource } from '../training/dataset/picture-source.ts';

/** Pictures are numbers, from 0: those of the pool first, then those to test with. */
export type ReplaySet = {
  /** Folder names as labels, in order. */
  readonly classes: readonly string[];
  /** By picture: its file below the folder. */
  readonly files: readonly string[];
  /** By picture: the index of its class. */
  readonly labels: Uint32Array;
  readonly pool: readonly number[];
  readonly test: readonly number[];
  readonly source: PictureSource;
};

const parts = ['pool', 'test'] as const;

/**
 * Reads `pool/<class>/…` and `test/<class>/…` below `dir`. Rejects with BadInput, saying what is missing, when one of the
 * two has no pictures or one class only, a picture is in no class, a class is empty, or one to be tested cannot be learned.
 */
export async function openReplaySet(dir: string): Promise<ReplaySet> {
  const source = await openFolder(dir);
  const missing = parts.find((part) => !source.folders.includes(part));
  if (missing)
    throw new BadInput(
      `${dir} has no folder ${missing}; expected pool/<class>/ with pictures to learn from and test/<class>/ with others of the same classes.`,
    );
  const [pool, test] = await Promise.all(parts.map(async (part) => arrange(await openFolder(join(dir, part)))));
  if (!pool || !test) throw new Error('A part was not read.');
  const places = placesOf(dir, pool, test);
  return {
    classes: pool.labels.map(({ key }) => key),
    files: [pool, test].flatMap(({ examples }, i) => examples.map(({ file }) => `${parts[i] ?? ''}/${file}`)),
    labels: Uint32Array.from([
      ...pool.examples.map(({ label }) => label),
      ...test.examples.map(({ label }) => places[label] ?? NaN),
    ]),
    pool: pool.examples.map((_, i) => i),
    test: test.examples.map((_, i) => pool.examples.length + i),
    source,
  };
}

/** By class of the test pictures its index among those of the pool. Classes of the pool alone are taught and not judged. */
function placesOf(dir: string, pool: Arrangement, test: Arrangement): readonly number[] {
  return test.labels.map(({ key }) => {
    const place = pool.labels.findIndex((label) => label.key === key);
    if (place >= 0) return place;
    throw new BadInput(
      `${dir} has the class ${key} in test but not in pool, so nobody could learn it. Add pictures to pool or remove the class.`,
    );
  });
}
