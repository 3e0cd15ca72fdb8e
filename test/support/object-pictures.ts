/** Two kinds of things that the shipped model does not know: photos where they are at hand, else drawn by the test. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readZip } from '../../server/pretrain/read-zip.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import type { Pattern } from './drawn-patterns.ts';
import { drawPatternJpeg } from './drawn-patterns.ts';

const photos = fileURLToPath(new URL('../../../shared/data/objects.zip', import.meta.url));

export type Kind = {
  readonly label: string;
  /** To correct with. */
  readonly shown: readonly Uint8Array[];
  /** Others of the same kind, to test with. */
  readonly others: readonly Uint8Array[];
};

const shownEach = 8;
const othersEach = 5;

/** Groceries from the photos; where those are not at hand, drawn patterns. */
export function twoKinds(): Promise<readonly Kind[]> {
  return existsSync(photos) ? groceries() : drawnKinds();
}

async function groceries(): Promise<readonly Kind[]> {
  const files = await readZip(photos);
  return ['Red-Bell-Pepper', 'Bravo-Apple-Juice'].map((name) => {
    const pictures = [...files.keys()].filter((file) => file.includes(`/${name}/`)).sort();
    // Neighbours in the list may be the same object: spread over all of them.
    const spread = Array.from({ length: shownEach + othersEach }, (_, i) =>
      files.get(pictures[Math.floor((i * pictures.length) / (shownEach + othersEach))] ?? ''),
    ).filter((picture) => picture !== undefined);
    return kindOf(name.toLowerCase().replaceAll('-', ' '), spread);
  });
}

/** Patterns, drawn. */
export function drawnKinds(): Promise<readonly Kind[]> {
  const random = seededRandom(7);
  return Promise.all(
    (['red bars', 'blue checks'] satisfies Pattern[]).map(async (pattern) => {
      const drawn: Uint8Array[] = [];
      for (let i = 0; i < shownEach + othersEach; i++) drawn.push(await drawPatternJpeg(pattern, random));
      return kindOf(pattern, drawn);
    }),
  );
}

/** Every third or so is put aside, so that both parts spread over all pictures. */
function kindOf(label: string, pictures: readonly Uint8Array[]): Kind {
  const isOther = (i: number): boolean => i % 5 === 1 || i % 5 === 3;
  return {
    label,
    shown: pictures.filter((_, i) => !isOther(i)),
    others: pictures.filter((_, i) => isOther(i)),
  };
}
