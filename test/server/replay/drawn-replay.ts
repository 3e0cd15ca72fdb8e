/** A folder to replay with a small base, both drawn by the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { openBackbone } from '../../../server/replay/backbone.ts';
import type { Material } from '../../../server/replay/material.ts';
import { loadMaterial } from '../../../server/replay/material.ts';
import { openReplaySet } from '../../../server/replay/replay-set.ts';
import type { Pattern } from '../../support/drawn-patterns.ts';
import { drawPatternJpeg } from '../../support/drawn-patterns.ts';
import { writeInto } from '../../support/drawn-pictures.ts';
import { writeSmallBase } from '../../support/small-base.ts';

/** The base knows the last of them. */
export const replayedPatterns: readonly Pattern[] = ['yellow rows', 'pink checks', 'red bars'];

const each = { pool: 12, test: 8 };

/** Pictures of each pattern in a pool and a test folder below `dir`. */
export async function drawReplaySet(dir: string): Promise<void> {
  const random = seededRandom(11);
  for (const part of ['pool', 'test'] as const)
    for (const pattern of replayedPatterns)
      for (let i = 0; i < each[part]; i++)
        await writeInto(dir, `${part}/${pattern}/${String(i)}.jpg`, await drawPatternJpeg(pattern, random));
}

export type DrawnReplay = {
  /** Holds `things`, the folder to replay, and `base`, the small base. */
  readonly dir: string;
  readonly material: Material;
  readonly remove: () => Promise<void>;
};

export async function drawnReplay(): Promise<DrawnReplay> {
  const dir = await mkdtemp(join(tmpdir(), 'occhio replay '));
  await drawReplaySet(join(dir, 'things'));
  await writeSmallBase(join(dir, 'base'));
  const backbone = await openBackbone(join(dir, 'base'), { threads: 1, temporary: dir });
  const set = await openReplaySet(join(dir, 'things'));
  const material = await loadMaterial(set, backbone, { threads: 1, onPicture: () => undefined });
  return { dir, material, remove: () => rm(dir, { recursive: true }) };
}
