/** Pictures as a zip: `<class>/<id>.jpg`, and `labels.csv` with what is known of each. */
import { Zip, ZipPassThrough, strToU8 } from 'fflate';
import type { SampleId } from '../../protocol/ids.ts';
import { folderOf, labelsFile } from './folders.ts';
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
  const rows = ['file,label,taken,device,predicted,probability'];
  for (const [i, picture] of pictures.entries()) {
    signal.throwIfAborted();
    const bytes = await jpeg(picture.sample);
    const name = `${folderOf(picture.said)}/${picture.sample}.jpg`;
    if (bytes) {
      add(name, bytes);
      rows.push(rowOf(name, picture));
    }
    onProgress(i + 1);
  }
  const written = rows.length - 1;
  add(labelsFile, strToU8(`${rows.join('\r\n')}\r\n`));
  zip.end();
  return { zip: new Blob(parts, { type: 'application/zip' }), written, missing: pictures.length - written };
}

function rowOf(name: string, { said, capturedAtMs, device, deviceName, prediction }: Picture): string {
  return [
    name,
    said?.label ?? '',
    new Date(capturedAtMs).toISOString(),
    deviceName ?? device,
    prediction?.label ?? '',
    prediction ? String(prediction.probability) : '',
  ]
    .map(csvField)
    .join(',');
}

/** As RFC 4180 has it; a spreadsheet must not take a name for a formula. */
function csvField(text: string): string {
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
