/** Pictures brought in and taken out: what becomes of each file, and that an export can be brought in again. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { exportPictures } from '../../../client/pictures/export-pictures.ts';
import type { ImportParts, ImportProgress } from '../../../client/pictures/import-pictures.ts';
import { importPictures } from '../../../client/pictures/import-pictures.ts';
import type { PictureFile } from '../../../client/pictures/picture-files.ts';
import { filesInZip, filesOf } from '../../../client/pictures/picture-files.ts';
import type { Picture } from '../../../client/pictures/picture.ts';
import { newDeviceId, newEventId, newSampleId } from '../../../protocol/ids.ts';
import type { LabelEvent } from '../../../protocol/messages/label-event.ts';
import type { Sample } from '../../../protocol/messages/sample.ts';
import { picturesWords } from '../../../client/screens/pictures/words.ts';
import { openZip } from '../../../server/training/dataset/zip-source.ts';
import { saidIn } from '../../support/speaking.ts';
import { storedZip } from '../../support/stored-zip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
const file = (path: string, content: string): PictureFile => ({ path, file: new Blob([content]) });

/** Imports, where a file's bytes are its picture, but for what names its own fault. */
async function imported(files: ImportParts['files'], parts: Partial<ImportParts> = {}) {
  const kept: (readonly [string | null, string])[] = [];
  const told: ImportProgress[] = [];
  await importPictures({
    files,
    outbox: {
      add([sample, event]) {
        // An import adds a sample and its label together.
        const { label } = event as Extract<LabelEvent, { kind: 'label' }>;
        expect((event as LabelEvent).sample).toBe(sample?.id);
        kept.push([label, new TextDecoder().decode((sample as Sample).jpeg)]);
        return Promise.resolve();
      },
    },
    async square(blob) {
      const text = await blob.text();
      if (text === '') return { kind: 'unreadable' };
      return text === 'tiny' ? { kind: 'too-small' } : { kind: 'jpeg', jpeg: bytes(text) };
    },
    nowMs: () => 1,
    signal: new AbortController().signal,
    onProgress: (progress) => told.push(progress),
    ...parts,
  });
  return { kept, told, last: told.at(-1) };
}

it('keeps each picture under the name of its folder, and says why the others were not kept', async () => {
  const { kept, last, told } = await imported([
    file('project/Caffè Mug/1.jpg', 'a'),
    file('project/_none/2.jpg', 'b'),
    file('project/cup/3.jpg', 'a'),
    file('project/cup/4.jpg', ''),
    file('project/cup/5.jpg', 'tiny'),
    file('6.jpg', 'c'),
    file('_unlabelled/7.jpg', 'd'),
  ]);
  expect(kept).toEqual([
    ['caffè mug', 'a'],
    [null, 'b'],
  ]);
  expect(last).toEqual({
    kept: 2,
    looked: 7,
    all: 7,
    end: 'done',
    unreadable: ['project/cup/4.jpg'],
    leftOut: new Map([
      ['twice', 1],
      ['unreadable', 1],
      ['too-small', 1],
      ['no-folder', 2],
    ]),
  });
  expect(told.map(({ looked }) => looked)).toEqual([1, 2, 3, 4, 5, 6, 7, 7]);
});

it('names the first three that cannot be read, and counts them all', async () => {
  const { last } = await imported([1, 2, 3, 4, 5].map((i) => file(`cup/${String(i)}.jpg`, '')));
  expect(last).toMatchObject({
    unreadable: ['cup/1.jpg', 'cup/2.jpg', 'cup/3.jpg'],
    leftOut: new Map([['unreadable', 5]]),
  });
  const [paths, all] = [last?.unreadable ?? [], last?.leftOut.get('unreadable') ?? 0];
  expect(await saidIn('en', () => picturesWords().named(paths, all))).toBe(
    'cup/1.jpg, cup/2.jpg, cup/3.jpg and 2 more',
  );
  expect(await saidIn('en', () => picturesWords().named(paths, 3))).toBe('cup/1.jpg, cup/2.jpg, cup/3.jpg');
});

it('stops when it is told to, and where the device is full, and keeps what it has', async () => {
  const files = [file('cup/1.jpg', 'a'), file('cup/2.jpg', 'b')];
  const abort = new AbortController();
  const stopped = await imported(files, {
    signal: abort.signal,
    onProgress: () => {
      abort.abort();
    },
  });
  expect(stopped.kept).toHaveLength(1);
  const full = await imported(files, {
    outbox: { add: () => Promise.reject(new DOMException('Full.', 'QuotaExceededError')) },
  });
  expect(full.last).toMatchObject({ kept: 0, end: 'full' });
});

it('reads the pictures of a zip, stored or compressed, and leaves out what systems put beside them', async () => {
  const entries = {
    'cup/1.jpg': 'a',
    'cup/.2.jpg': 'x',
    '__MACOSX/cup/1.jpg': 'x',
    'labels.csv': 'x',
    'mug/2.jpg': 'b',
  };
  const zips = [
    new Uint8Array(storedZip(Object.entries(entries))),
    zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, bytes(text)]))),
  ];
  for (const zip of zips)
    expect(await imported(filesInZip(new Blob([new Uint8Array(zip)])))).toMatchObject({
      kept: [
        ['cup', 'a'],
        ['mug', 'b'],
      ],
      // How many come, a zip tells at its end.
      last: { looked: 2, all: null },
    });
});

it('says of a file that is no zip, and of one that is cut off, that it could not be read to its end', async () => {
  expect((await imported(filesInZip(new Blob(['no zip at all'])))).last).toMatchObject({ kept: 0, end: 'broken' });
  const whole = storedZip([
    ['cup/1.jpg', 'a'],
    ['cup/2.jpg', 'b'.repeat(1000)],
  ]);
  const cut = await imported(filesInZip(new Blob([new Uint8Array(whole.subarray(0, 200))])));
  expect([cut.kept.length, cut.last?.end]).toEqual([1, 'broken']);
});

it('knows the files of a chosen folder by the folders in it', () => {
  const chosen = ['project/cup/1.jpg', 'project/.hidden/2.jpg'].map((path) =>
    Object.defineProperty(new File(['a'], 'x.jpg'), 'webkitRelativePath', { value: path }),
  );
  expect(filesOf(chosen).map(({ path }) => path)).toEqual(['project/cup/1.jpg']);
});

it('takes pictures out as a zip that other programs read, with a table, and brings it in again', async () => {
  const picture = (label: string | null | undefined, values: Partial<Picture> = {}): Picture => ({
    sample: newSampleId(),
    capturedAtMs: 0,
    device: newDeviceId(),
    deviceName: 'Phone, "old"',
    prediction: { label: 'cup', probability: 0.5 },
    said: label === undefined ? null : { label, event: newEventId(), device: newDeviceId(), deviceName: null },
    dispute: null,
    state: { kind: 'sent' },
    ...values,
  });
  const pictures = [picture('=a/b'), picture(null, { prediction: null }), picture(undefined), picture('mug')];
  const missing = pictures[3]?.sample;
  const done: number[] = [];
  const { zip, written, ...rest } = await exportPictures({
    pictures,
    jpeg: (sample) => Promise.resolve(sample === missing ? null : bytes(sample)),
    signal: new AbortController().signal,
    onProgress: (count) => done.push(count),
  });
  expect([written, rest.missing, done]).toEqual([3, 1, [1, 2, 3, 4]]);
  const path = join(await temporaryFolder(), 'project.zip');
  await writeFile(path, new Uint8Array(await zip.arrayBuffer()));
  const source = await openZip(path);
  const names = ['=a_b', '_none', '_unlabelled'].map((folder, i) => `${folder}/${String(pictures[i]?.sample)}.jpg`);
  expect(source.files).toEqual([...names, 'labels.csv'].sort());
  expect((await source.read(names[0] ?? '')).toString()).toBe(pictures[0]?.sample);
  expect((await source.read('labels.csv')).toString()).toBe(
    [
      'file,label,taken,device,predicted,probability',
      `'${String(names[0])},'=a/b,1970-01-01T00:00:00.000Z,"Phone, ""old""",cup,0.5`,
      `${String(names[1])},,1970-01-01T00:00:00.000Z,"Phone, ""old""",,`,
      `${String(names[2])},,1970-01-01T00:00:00.000Z,"Phone, ""old""",cup,0.5`,
      '',
    ].join('\r\n'),
  );
  source.close();
  const again = await imported(filesInZip(zip));
  expect(again.kept).toEqual([
    ['=a_b', pictures[0]?.sample],
    [null, pictures[1]?.sample],
  ]);
});
