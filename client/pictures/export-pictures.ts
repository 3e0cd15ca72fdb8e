/** Pictures as a zip: `<class>/<id>.jpg`, and `labels.csv` with what is known of each. */
import { Zip, ZipPassThrough, strToU8 } from 'fflate';
import { labelsFile, pathOf, tableRow, tableText } from '../../protocol/exported-pictures.ts';
import type { SampleId } from '../../protocol/ids.ts';
import type { Picture } from './picture.ts';

export type Exported = {
  readonly zip: Blob;
  readonly written: number;
  /** Pictures that are not on this device, while the hub is out of reach. */
  readonly missing: number;
};

export type ExportParts = {
  readonly pictures: readonly Picture[];
  /** Null when it is out of reach. */
  readonly jpeg: (sample: SampleId) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
};

/** Rejects with the signal's reason. */
export async function exportPictures({ pictures, jpeg, signal, onProgress }: ExportParts): Promise<Exported> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  // Pictures are compressed already: they are stored as they are.
  const zip = new Zip((_, part) => {
    parts.push(new Uint8Array(part));
  });
  const add = (name: string, bytes: Uint8Array): void => {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(bytes, true);
  };
  const rows: string[] = [];
  for (const [i, picture] of pictures.entries()) {
    signal.throwIfAborted();
    const bytes = await jpeg(picture.sample);
    if (bytes) {
      add(pathOf(picture), bytes);
      rows.push(tableRow(picture));
    }
    onProgress(i + 1);
  }
  add(labelsFile, strToU8(tableText(rows)));
  zip.end();
  return {
    zip: new Blob(parts, { type: 'application/zip' }),
    written: rows.length,
    missing: pictures.length - rows.length,
  };
}
