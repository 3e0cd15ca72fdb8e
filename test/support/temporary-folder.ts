/** A folder for one test, removed when the test ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Removed when the test has finished, or whenever `onEnd` calls back. `name` may hold spaces, to prove that paths with spaces work. */
export async function temporaryFolder(
  name = 'occhio test',
  onEnd: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name} `));
  onEnd(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}
