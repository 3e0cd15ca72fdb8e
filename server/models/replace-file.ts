/** Writes files so that no reader ever sees half of one. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

export type FileData = string | Uint8Array | readonly Uint8Array[] | AsyncIterable<Uint8Array>;

/** Durable before it is visible: written beside, flushed, then given the name. After a failure the old file stands. `data` may come in parts. */
export async function replaceFile(path: string, data: FileData): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}
