/** `occhio export --format zip` as a person runs it, and the ways back. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { filesInZip } from '../../../client/pictures/picture-files.ts';
import { labelAt, labelsFile } from '../../../protocol/exported-pictures.ts';
import type { RoomName } from '../../../protocol/ids.ts';
import { homeRoom } from '../../../protocol/ids.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { bareJpeg } from '../../../server/ingest/jpeg.ts';
import { openDatabase } from '../../../server/store/database.ts';
import type { SampleStore } from '../../../server/store/sample-store.ts';
import { SqliteSampleStore } from '../../../server/store/sqlite-sample-store.ts';
import { arrange } from '../../../server/training/dataset/arrangement.ts';
import { parseCsv } from '../../../server/training/dataset/csv.ts';
import { openZip } from '../../../server/training/dataset/zip-source.ts';
import { drawPatternJpeg } from '../../support/drawn-patterns.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { occhio } from './program.ts';

const random = seededRandom(4);

/** As the hub keeps it. */
async function picture(): Promise<Uint8Array> {
  const bare = bareJpeg(await drawPatternJpeg('red bars', random));
  if ('problem' in bare) throw new Error(bare.problem);
  return bare.bytes;
}

async function pictures(count: number): Promise<readonly Uint8Array[]> {
  return Promise.all(Array.from({ length: count }, picture));
}

/** Every labelled picture by its SHA-256, with its label. */
function labelled(samples: SampleStore, room = homeRoom): ReadonlyMap<string, string | null> {
  return new Map(samples.labelled(room).map(({ id, label }) => [hash(samples.picture(id)!), label]));
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A room with labels that no folder can have as its name, more pictures than a page of the list, and one that nobody labels. */
async function labelledRoom() {
  const room = await roomOfSamples();
  onTestFinished(() => room.close());
  await room.teach(await pictures(260), 'cup');
  for (const label of ['a/b', 'a:b', '=sum', 'tv_set', '.net', '_none', null])
    await room.teach(await pictures(2), label);
  const [unlabelled] = await room.teach(await pictures(1), 'mug');
  await room.undo(unlabelled!);
  return room;
}

it('takes all pictures of a room out with a table, and import brings them in as they were, once', async () => {
  const room = await labelledRoom();
  const [out, other] = [join(await temporaryFolder(), 'home.zip'), await temporaryFolder()];
  const exported = await occhio(['export', '--data', room.dir, '--out', out]);
  expect(exported).toEqual({ code: 0, stderr: '', stdout: `275 pictures of room home are in ${out}.\n` });

  const imported = await occhio(['import', out, '--data', other, '--room', 'shed']);
  expect(imported.stdout).toBe(
    '274 pictures of 7 classes imported into room shed; 0 were there already, 0 could not be read.\n',
  );
  const database = openDatabase(join(other, 'hub.sqlite'));
  onTestFinished(() => {
    database.close();
  });
  const copies = new SqliteSampleStore(database, () => 'train');
  expect(labelled(copies, 'shed' as RoomName)).toEqual(labelled(room.samples));
  expect(labelled(room.samples).size).toBe(274);

  const again = await occhio(['import', out, '--data', room.dir]);
  expect(again.stdout).toBe(
    '0 pictures of 7 classes imported into room home; 274 were there already, 0 could not be read.\n',
  );
});

it('lays them as the app does, which reads them, and leaves those of no class out of a training', async () => {
  const room = await roomOfSamples();
  onTestFinished(() => room.close());
  await room.teach(await pictures(2), 'cup');
  await room.teach(await pictures(2), 'red mug');
  await room.teach(await pictures(1), null);
  const [unlabelled] = await room.teach(await pictures(1), 'mug');
  await room.undo(unlabelled!);
  const out = join(await temporaryFolder(), 'home.zip');
  await occhio(['export', '--data', room.dir, '--out', out]);

  const inApp = new Map<string, string | null | undefined>();
  for await (const { path, file } of filesInZip(new Blob([await readFile(out)])))
    inApp.set(hash(new Uint8Array(await file.arrayBuffer())), labelAt(path));
  expect(inApp.size).toBe(6);
  expect(new Map([...inApp].filter(([, label]) => label !== undefined))).toEqual(labelled(room.samples));

  const source = await openZip(out);
  onTestFinished(() => {
    source.close();
  });
  const rows = parseCsv((await source.read(labelsFile)).toString());
  expect(rows[0]).toEqual(['file', 'label', 'taken', 'device', 'predicted', 'probability']);
  expect(new Set(rows.slice(1).map(([file]) => file))).toEqual(new Set(source.files.filter((f) => f !== labelsFile)));
  const { labels, examples } = arrange(source);
  expect([labels.map(({ key }) => key), examples.length]).toEqual([['cup', 'red mug'], 4]);
});

it('says what it cannot write or read', async () => {
  const room = await roomOfSamples();
  onTestFinished(() => room.close());
  await room.teach(await pictures(1), 'cup');
  const folder = await temporaryFolder();
  for (const [args, why] of [
    [['--out', join(folder, 'none', 'home.zip')], 'home.zip cannot be written: Error: ENOENT'],
    [['--out', folder], 'exists already'],
    [['--out', join(folder, 'home.zip'), '--room', 'shed'], 'Room shed has no pictures'],
  ] as const) {
    const { code, stderr } = await occhio(['export', '--data', room.dir, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  }
});
