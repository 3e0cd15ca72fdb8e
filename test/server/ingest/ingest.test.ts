import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { homeRoom, newBurstId, newDeviceId } from '../../../protocol/ids.ts';
import { importPictures } from '../../../server/ingest/import-pictures.ts';
import { labelledPictures } from '../../../server/ingest/labelled-pictures.ts';
import { Ingest } from '../../../server/ingest/ingest.ts';
import { eventQuota, sampleQuota } from '../../../server/ingest/quota.ts';
import { splitOf } from '../../../server/ingest/split.ts';
import { Turns } from '../../../server/ingest/turns.ts';
import type { Database } from '../../../server/store/database.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { SqliteSampleStore } from '../../../server/store/sqlite-sample-store.ts';
import { verifyData } from '../../../server/store/verify-data.ts';
import { openSource } from '../../../server/training/dataset/open-source.ts';
import { drawDataset } from '../../support/drawn-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { newLabel, newSample } from '../../support/test-device.ts';
import { noiseJpeg } from '../../support/test-picture.ts';

type Kept = {
  readonly folder: string;
  readonly database: Database;
  readonly samples: SqliteSampleStore;
  readonly ingest: Ingest;
};

const from = { device: newDeviceId(), room: homeRoom };

async function newIngest(): Promise<Kept> {
  const folder = await temporaryFolder();
  const database = openDatabase(join(folder, 'hub.sqlite'));
  onTestFinished(() => {
    database.close();
  });
  const samples = new SqliteSampleStore(database, splitOf);
  return { folder, database, samples, ingest: new Ingest({ samples, now: () => 1_700_000_000_000 }) };
}

describe('ingest', () => {
  it('stores a sample once, however often it is sent', async () => {
    const { ingest, samples } = await newIngest();
    const sample = newSample(await noiseJpeg(1));
    for (let times = 0; times < 3; times++) expect(await ingest.sample(from, sample)).toEqual({ kind: 'stored' });
    expect(samples.count(homeRoom)).toBe(1);
  });

  it('refuses by name a picture whose checksum is another, and one whose id is taken', async () => {
    const { ingest } = await newIngest();
    const [one, two] = [newSample(await noiseJpeg(1)), newSample(await noiseJpeg(2))];
    expect(await ingest.sample(from, { ...one, checksum: two.checksum })).toMatchObject({ code: 'checksum' });
    await ingest.sample(from, one);
    expect(await ingest.sample(from, { ...two, id: one.id })).toMatchObject({ code: 'id-taken' });
  });

  it('refuses a sample that a full disk cannot hold, by name, and takes the next when there is room', async () => {
    const { ingest, database } = await newIngest();
    const pages = Number(database.get('PRAGMA page_count')?.['page_count']);
    database.get(`PRAGMA max_page_count = ${String(pages)}`);
    const sample = newSample(await noiseJpeg(3, 224));
    expect(await ingest.sample(from, sample)).toMatchObject({ code: 'storage-full' });
    database.get('PRAGMA max_page_count = 1000000');
    expect(await ingest.sample(from, sample)).toEqual({ kind: 'stored' });
  });

  it('takes a device at its quota no further, for samples and for labels', () => {
    const usage = { bytes: 0, samplesThisHour: 0, eventsThisHour: 0 };
    expect([sampleQuota(usage), eventQuota(usage)]).toEqual([null, null]);
    expect(sampleQuota({ ...usage, samplesThisHour: 3600 })).toContain('samples an hour');
    expect(sampleQuota({ ...usage, bytes: 4 * 1024 ** 3 })).toContain('GiB');
    expect(eventQuota({ ...usage, eventsThisHour: 20_000 })).toContain('label events an hour');
  });

  it('refuses a device that has sent too many, and only that device', async () => {
    const { ingest, database } = await newIngest();
    const sample = newSample(await noiseJpeg(4));
    const label = newLabel(sample.id, 'mug');
    await ingest.labelEvent(from, label);
    database.writeNow(() =>
      database.run(
        'INSERT OR REPLACE INTO usage (device, bytes, hour, hour_samples, hour_events) VALUES (?, 0, ?, 3600, 20000)',
        from.device,
        Math.floor(1_700_000_000_000 / 3_600_000),
      ),
    );
    expect(await ingest.sample(from, sample)).toMatchObject({ code: 'too-many' });
    expect(await ingest.labelEvent(from, newLabel(sample.id, 'cup'))).toMatchObject({ code: 'too-many' });
    // What is here already is acknowledged all the same.
    expect(await ingest.labelEvent(from, label)).toEqual({ kind: 'stored' });
    expect(await ingest.sample({ ...from, device: newDeviceId() }, sample)).toEqual({ kind: 'stored' });
  });
});

describe('the split', () => {
  it('keeps about a fifth of the later bursts for validation, the same ones every time', () => {
    const device = newDeviceId();
    const bursts = Array.from({ length: 2000 }, newBurstId);
    const splits = bursts.map((burst) => splitOf({ device, burst, current: null, trainingBursts: 2 }));
    expect(splits).toEqual(bursts.map((burst) => splitOf({ device, burst, current: null, trainingBursts: 9 })));
    const part = splits.filter((split) => split === 'validation').length / bursts.length;
    expect(part).toBeGreaterThan(0.15);
    expect(part).toBeLessThan(0.25);
  });

  it('never makes a judge of what has trained, but lets a judge train for a class that has nothing else', () => {
    const device = newDeviceId();
    for (let times = 0; times < 200; times++) {
      const burst = newBurstId();
      expect(splitOf({ device, burst, current: 'train', trainingBursts: 100 })).toBe('train');
      expect(splitOf({ device, burst, current: 'validation', trainingBursts: 100 })).toBe('validation');
      expect(splitOf({ device, burst, current: 'validation', trainingBursts: 0 })).toBe('train');
    }
  });
});

it('lets so many run at once and the others in their order', async () => {
  const turns = new Turns(2);
  const [started, ends]: [number[], (() => void)[]] = [[], []];
  const work = [0, 1, 2, 3].map((index) =>
    turns.take(async () => {
      started.push(index);
      await new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await Promise.resolve();
  expect(started).toEqual([0, 1]);
  while (ends.length > 0) {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(work);
  expect(started).toEqual([0, 1, 2, 3]);
});

describe('an import', () => {
  it('brings every picture in once with its label, and nothing twice when it is run again', async () => {
    const { folder, database, samples } = await newIngest();
    const pictures = join(folder, 'pictures');
    await drawDataset(pictures, { things: ['ball', 'star'], count: 20, seed: 1 });
    const source = await openSource(pictures);
    const unreadable: string[] = [];
    const options = {
      source,
      pictures: await labelledPictures(source),
      samples,
      room: homeRoom,
      now: Date.now,
      onUnreadable: (problem: string) => unreadable.push(problem),
    };
    expect(await importPictures(options)).toEqual({ stored: 40, known: 0, unreadable: 0 });
    expect(await importPictures(options)).toEqual({ stored: 0, known: 40, unreadable: 0 });
    expect(unreadable).toEqual([]);
    const labels = samples.labelled(homeRoom).map(({ label }) => label);
    expect([labels.filter((label) => label === 'ball').length, labels.length]).toEqual([20, 40]);
    expect(await verifyData(folder, database)).toMatchObject({ problems: [], notes: [], samples: 40 });
  });
});

describe('verify', () => {
  it('finds a changed picture, a changed label, and a version without its model', async () => {
    const { folder, database, ingest } = await newIngest();
    const [one, two] = [newSample(await noiseJpeg(5)), newSample(await noiseJpeg(6))];
    for (const sample of [one, two]) {
      await ingest.sample(from, sample);
      await ingest.labelEvent(from, newLabel(sample.id, 'mug'));
    }
    expect((await verifyData(folder, database)).problems).toEqual([]);
    database.writeNow(() => {
      database.run('UPDATE samples SET picture = ? WHERE id = ?', Uint8Array.of(1), one.id);
      database.run('UPDATE samples SET label = ? WHERE id = ?', 'cup', two.id);
      database.run(
        `INSERT INTO versions (room, version, model, status, corrections, created_at) VALUES ('home', 1, ?, 'promoted', '[]', 1)`,
        'c'.repeat(64),
      );
    });
    expect((await verifyData(folder, database)).problems).toEqual([
      `The picture of sample ${one.id} is not the one that was stored.`,
      `The label of sample ${two.id} is not what its events say.`,
      `Version 1 of room home lacks its model ${'c'.repeat(64)}.`,
    ]);
  });
});
