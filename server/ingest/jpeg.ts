/** What a JPEG file is made of, read without decoding it: its size, and its bytes without all that is not picture. */

export type BareJpeg = {
  readonly width: number;
  readonly height: number;
  /** The same coded picture without metadata, thumbnails, colour profiles, and whatever follows its end. */
  readonly bytes: Uint8Array;
};

export type JpegProblem = { readonly problem: string };

/** A scan costs a pass over the whole picture: a small file can ask for thousands of them. */
const maxScans = 64;

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const app0 = 0xe0;
const app14 = 0xee;

/** Baseline, extended and progressive, all Huffman-coded: what cameras and browsers write. */
const frameMarkers: readonly number[] = [0xc0, 0xc1, 0xc2];

/** Grey, or three colours. With four (print) every decoder gives others. */
const colourCounts: readonly number[] = [1, 3];

/** DHT, DQT and DRI: the tables that the coded picture refers to. */
const tableMarkers: readonly number[] = [0xc4, 0xdb, 0xdd];

/**
 * Walks the segments (ITU-T T.81, annex B). Keeps tables, frame and scans as they are, so that every decoder gives the
 * same pixels, and of the application segments only JFIF and Adobe, which say how colours are coded. Whether the
 * coded data decode is left to the decoder.
 */
export function bareJpeg(file: Uint8Array): BareJpeg | JpegProblem {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4 || view.getUint16(0) !== 0xff00 + soi) return { problem: 'it does not begin as a JPEG' };
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let scans = 0;
  let at = 2;
  for (;;) {
    const marker = markerAt(file, at);
    if (marker === undefined) return { problem: 'it ends early or is damaged' };
    if (marker.code === eoi) break;
    const start = marker.end;
    const length = start + 2 <= file.length ? view.getUint16(start) : 0;
    const end = start + length;
    if (length < 2 || end > file.length) return { problem: 'it ends early or is damaged' };
    const segment = file.subarray(start - 2, end);
    at = end;
    if (marker.code === sos) {
      if (!size) return { problem: 'its picture has no size' };
      if (++scans > maxScans) return { problem: 'it has too many scans' };
      at = endOfScan(file, end);
      kept.push(file.subarray(start - 2, at));
    } else if (frameMarkers.includes(marker.code)) {
      if (size) return { problem: 'it holds more than one picture' };
      if (length < 8) return { problem: 'it ends early or is damaged' };
      if (!colourCounts.includes(view.getUint8(start + 7)))
        return { problem: 'its colours are neither grey nor three' };
      size = { height: view.getUint16(start + 3), width: view.getUint16(start + 5) };
      kept.push(segment);
    } else if (tableMarkers.includes(marker.code)) {
      kept.push(segment);
    } else if (marker.code === app14 && length >= 14 && startsWith(segment, 4, 'Adobe')) {
      kept.push(shortened(segment, 14));
    } else if (marker.code === app0 && length >= 16 && startsWith(segment, 4, 'JFIF\0')) {
      kept.push(withoutThumbnail(segment));
    } else if (marker.code < app0 || (marker.code > 0xef && marker.code !== 0xfe)) {
      return { problem: `it is coded in a rare way (marker ${marker.code.toString(16)})` };
    }
  }
  if (!size || scans === 0) return { problem: 'it holds no picture' };
  kept.push(Uint8Array.of(0xff, eoi));
  return { ...size, bytes: Buffer.concat(kept) };
}

/** The marker at `at`, after any fill bytes, and where its segment begins. */
function markerAt(file: Uint8Array, at: number): { readonly code: number; readonly end: number } | undefined {
  if (file[at] !== 0xff) return undefined;
  let end = at + 1;
  while (file[end] === 0xff) end++;
  const code = file[end];
  return code === undefined || code === 0 ? undefined : { code, end: end + 1 };
}

/** Where the coded data of a scan ends: at the first marker that is neither a stuffed 0xff nor a restart. */
function endOfScan(file: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = file.indexOf(0xff, at);
    if (at < 0) return file.length;
    const next = file[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += next === 0xff ? 1 : 2;
  }
}

function startsWith(segment: Uint8Array, at: number, text: string): boolean {
  return (
    Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength).toString('latin1', at, at + text.length) ===
    text
  );
}

/** A JFIF segment of its least length: marker, length 16, name, version, units, densities, no thumbnail. */
function withoutThumbnail(segment: Uint8Array): Uint8Array {
  const bare = shortened(segment, 16);
  bare.set([0, 0], 16);
  return bare;
}

/** The segment with `length` (less than 256, the marker not counted) as its length, and nothing beyond it. */
function shortened(segment: Uint8Array, length: number): Uint8Array {
  const bare = segment.slice(0, 2 + length);
  bare.set([0, length], 2);
  return bare;
}
