/** Labelled pictures of a folder or zip file, brought into a room as if a device had sent and someone had labelled them. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import * as v from 'valibot';
import { deviceIdSchema, newBurstId, newEventId, newSampleId } from '../../protocol/ids.ts';
import type { RoomName } from '../../protocol/ids.ts';
import { BadInput } from '../bad-input.ts';
import type { SampleStore } from '../store/sample-store.ts';
import { decodePicture, keptSize } from '../training/dataset/decode-picture.ts';
import type { PictureSource } from '../training/dataset/picture-source.ts';
import { bareJpeg } from './jpeg.ts';
import type { LabelledPicture } from './labelled-pictures.ts';
import { checkPicture } from './picture-check.ts';

export type ImportOptions = {
  readonly source: PictureSource;
  readonly pictures: readonly LabelledPicture[];
  readonly samples: SampleStore;
  readonly room: RoomName;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each picture that cannot be read: which one, why, and what to do. */
  readonly onUnreadable: (problem: string) => void;
};

export type Imported = {
  readonly stored: number;
  /** Pictures that the room had already, or has erased. */
  readonly known: number;
  readonly unreadable: number;
};

/** Who imported samples come from, in every room. */
const importDevice = v.parse(deviceIdSchema, '01900000-0000-7000-8000-000000000000');

/** As the app's own crops. */
const sidePixels = 224;
const jpegQuality = 90;

/** Decoded side by side; their commits are shared. */
const atOnce = 16;

/**
 * Every picture becomes a sample and a label, a burst of its own. A picture that the room has is left out, so that an
 * import can be run again; one that cannot be read is told of, and the next one follows.
 */
export async function importPictures(options: ImportOptions): Promise<Imported> {
  const { pictures } = options;
  let [stored, unreadable] = [0, 0];
  for (let start = 0; start < pictures.length; start += atOnce) {
    const group = pictures.slice(start, start + atOnce);
    const read = await Promise.all(
      group.map(async ({ file, label }) => ({ label, jpeg: await readable(options, file) })),
    );
    const jpegs = read.flatMap(({ label, jpeg }) => (jpeg ? [{ label, jpeg }] : []));
    unreadable += group.length - jpegs.length;
    // One after the other into the group, so that the same picture under two names is found.
    const seen = new Set<string>();
    const added = jpegs.map(({ label, jpeg }) => {
      const hash = createHash('sha256').update(jpeg).digest();
      const isKnown = seen.has(hash.toString('hex')) || options.samples.hasPicture(options.room, hash);
      seen.add(hash.toString('hex'));
      return isKnown ? [] : [add(options, label, { jpeg, hash })];
    });
    await Promise.all(added.flat());
    stored += added.flat().length;
  }
  return { stored, known: pictures.length - stored - unreadable, unreadable };
}

/** Null when it cannot be read, which was told. */
async function readable({ source, onUnreadable }: ImportOptions, file: string): Promise<Uint8Array | null> {
  try {
    return await squareJpeg(source, file);
  } catch (cause) {
    if (!(cause instanceof BadInput)) throw cause;
    onUnreadable(cause.message);
    return null;
  }
}

/** The label before the sample: were the import killed between the two, the sample would come with its label again. */
async function add(
  { samples, room, now }: ImportOptions,
  label: LabelledPicture['label'],
  { jpeg, hash }: { readonly jpeg: Uint8Array; readonly hash: Uint8Array },
): Promise<void> {
  const sample = newSampleId();
  const [device, atMs] = [importDevice, now()];
  const event = { type: 'label-event' as const, kind: 'label' as const, id: newEventId(), sample, atMs, label };
  await Promise.all([
    samples.addEvent({ room, device, receivedAtMs: atMs, event }),
    samples.addSample({
      id: sample,
      room,
      device,
      capturedAtMs: atMs,
      receivedAtMs: atMs,
      burst: newBurstId(),
      reason: 'corrected',
      prediction: null,
      jpeg,
      sentChecksum: hash,
    }),
  ]);
}

/** The picture's central square, as a JPEG without metadata; what is one already, as exported pictures are, stays as it is. */
async function squareJpeg(source: PictureSource, file: string): Promise<Uint8Array> {
  const bytes = await source.read(file);
  if (await isKeptForm(bytes)) return bytes;
  const kept = await keptSize(bytes, file, sidePixels);
  const side = Math.min(kept.width, kept.height);
  const pixels = new Uint8Array(side * side * 3);
  await decodePicture(bytes, file, { width: side, height: side }, pixels);
  const jpeg = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: jpegQuality })
    .toBuffer();
  const bare = bareJpeg(jpeg);
  if ('problem' in bare) throw new Error(`A JPEG that was just written cannot be read: ${bare.problem}.`);
  return bare.bytes;
}

async function isKeptForm(bytes: Uint8Array): Promise<boolean> {
  const bare = bareJpeg(bytes);
  if ('problem' in bare || bare.width !== bare.height || bare.width > sidePixels) return false;
  return Buffer.compare(bare.bytes, bytes) === 0 && (await checkPicture(bytes)).ok;
}
