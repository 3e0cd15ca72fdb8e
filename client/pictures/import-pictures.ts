/** Brings picture files in: each becomes a sample and a label in the outbox, as if it had been taken and corrected here. */
import { labelAt } from '../../protocol/exported-pictures.ts';
import { newBurstId, newEventId, newSampleId } from '../../protocol/ids.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { isStorageFull } from '../storage/storage-full.ts';
import type { PictureFile } from './picture-files.ts';
import type { Squared } from './square-jpeg.ts';

/** Why a file was not kept. */
export type LeftOut = 'no-folder' | 'unreadable' | 'too-small' | 'twice';

export type ImportProgress = {
  readonly kept: number;
  readonly looked: number;
  /** How many there are to be looked at; null where only the end tells. */
  readonly all: number | null;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  /** Paths of the first that could not be read as pictures. */
  readonly unreadable: readonly string[];
  /** `full`: the device has no room for more; `broken`: the zip cannot be read to its end. */
  readonly end: 'going-on' | 'done' | 'full' | 'broken' | 'stopped';
};

/** So many of those that cannot be read are named. */
const mostNamed = 3;

export type ImportParts = {
  readonly files: AsyncIterable<PictureFile> | readonly PictureFile[];
  readonly outbox: Pick<Outbox, 'add'>;
  readonly square: (file: Blob) => Promise<Squared>;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
};

/** Never rejects for what is wrong with the files: what was kept before stays. */
export async function importPictures({ files, signal, onProgress, ...parts }: ImportParts): Promise<void> {
  let [kept, looked] = [0, 0];
  const all = 'length' in files ? files.length : null;
  const leftOut = new Map<LeftOut, number>();
  const unreadable: string[] = [];
  const seen = new Set<string>();
  const tell = (end: ImportProgress['end']): void => {
    onProgress({ kept, looked, all, leftOut: new Map(leftOut), unreadable: [...unreadable], end });
  };
  try {
    for await (const file of files) {
      if (signal.aborted) {
        tell('stopped');
        return;
      }
      const problem = await importOne(file, seen, parts);
      looked += 1;
      if (problem) leftOut.set(problem, (leftOut.get(problem) ?? 0) + 1);
      else kept += 1;
      if (problem === 'unreadable' && unreadable.length < mostNamed) unreadable.push(file.path);
      tell('going-on');
    }
  } catch (cause) {
    tell(isStorageFull(cause) ? 'full' : 'broken');
    return;
  }
  tell('done');
}

async function importOne(
  { path, file }: PictureFile,
  seen: Set<string>,
  { outbox, square, nowMs }: Pick<ImportParts, 'outbox' | 'square' | 'nowMs'>,
): Promise<LeftOut | null> {
  const label = labelAt(path);
  if (label === undefined) return 'no-folder';
  const squared = await square(file);
  if (squared.kind !== 'jpeg') return squared.kind;
  const { jpeg } = squared;
  const checksum = new Uint8Array(await crypto.subtle.digest('SHA-256', jpeg));
  const known = checksum.join(' ');
  if (seen.has(known)) return 'twice';
  seen.add(known);
  const [sample, atMs] = [newSampleId(), nowMs()];
  await outbox.add([
    {
      type: 'sample',
      id: sample,
      capturedAtMs: atMs,
      burst: newBurstId(),
      reason: 'corrected',
      prediction: null,
      jpeg,
      checksum,
    },
    { type: 'label-event', kind: 'label', id: newEventId(), sample, atMs, label },
  ]);
  return null;
}
