/** A room's pictures as a zip, as the app takes them out: `<class>/<id>.jpg`, and `labels.csv` with what is known of each. */
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { labelsFile, pathOf, tableRow, tableText } from '../../protocol/exported-pictures.ts';
import type { RoomName, SampleId } from '../../protocol/ids.ts';
import type { PictureEntry } from '../../protocol/messages/pictures.ts';
import { replaceFile } from '../models/replace-file.ts';
import type { PictureList } from '../store/picture-list.ts';

/**
 * Writes the file at `path`, one picture after the other, and resolves with how many it holds. A picture that somebody deletes
 * meanwhile is left out. Rejects with the file system's Error; nothing is left then.
 */
export async function exportPictures(path: string, pictures: PictureList, room: RoomName): Promise<number> {
  const zip = new ZipFile();
  const bytes = zip.outputStream.pipe(new PassThrough());
  const [written] = await Promise.all([
    fill(zip, pictures, room).catch((cause: unknown) => {
      bytes.destroy(cause instanceof Error ? cause : undefined);
      throw cause;
    }),
    replaceFile(path, bytes),
  ]);
  return written;
}

async function fill(zip: ZipFile, pictures: PictureList, room: RoomName): Promise<number> {
  const rows: string[] = [];
  for (const entry of everyEntry(pictures, room)) {
    const jpeg = pictures.jpeg(room, entry.sample);
    if (!jpeg) continue;
    await add(zip, pathOf(entry), { jpeg, mtime: new Date(entry.capturedAtMs) });
    rows.push(tableRow(entry));
  }
  zip.addBuffer(Buffer.from(tableText(rows)), labelsFile);
  zip.end();
  return rows.length;
}

/** All that is known, oldest picture first. */
function everyEntry(pictures: PictureList, room: RoomName): readonly PictureEntry[] {
  const found = new Map<SampleId, PictureEntry>();
  let cursor: string | null = null;
  for (let more = true; more;) {
    const page = pictures.since(room, cursor);
    for (const entry of page.entries) found.set(entry.sample, entry);
    for (const sample of page.gone) found.delete(sample);
    ({ cursor, more } = page);
  }
  return [...found.values()].sort((a, b) => (a.sample < b.sample ? -1 : 1));
}

/** Resolves when the zip has taken the picture, so that one at a time is in memory. JPEGs are compressed already. */
function add(
  zip: ZipFile,
  name: string,
  { jpeg, mtime }: { readonly jpeg: Uint8Array; readonly mtime: Date },
): Promise<void> {
  return new Promise((resolve) => {
    zip.addReadStreamLazy(name, { compress: false, mtime, size: jpeg.length }, (give) => {
      const stream = Readable.from([Buffer.from(jpeg)]);
      stream.once('end', resolve);
      give(null, stream);
    });
  });
}
