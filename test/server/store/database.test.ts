import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataInUseError, lockDataDir } from '../../../server/store/data-lock.ts';
import type { Database } from '../../../server/store/database.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { StoreError } from '../../../server/store/store-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function newDatabase(): Promise<{ readonly database: Database; readonly path: string }> {
  const path = join(await temporaryFolder(), 'hub.sqlite');
  const database = openDatabase(path);
  onTestFinished(() => {
    database.close();
  });
  return { database, path };
}

const insertUsage = 'INSERT INTO usage (device, bytes, hour, hour_samples, hour_events) VALUES (?, 0, 0, 0, 0)';

describe('a database', () => {
  it('keeps the other writes of a group when one of them throws', async () => {
    const { database } = await newDatabase();
    const results = await Promise.allSettled([
      database.write(() => database.run(insertUsage, 'one')),
      database.write(() => {
        database.run(insertUsage, 'two');
        throw new Error('no');
      }),
      database.write(() => database.run(insertUsage, 'three')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(database.all('SELECT device FROM usage ORDER BY device')).toEqual([{ device: 'one' }, { device: 'three' }]);
  });

  it('lets another connection see a write when its promise resolves, and not before', async () => {
    const { database, path } = await newDatabase();
    const other = new DatabaseSync(path, { readOnly: true });
    onTestFinished(() => {
      other.close();
    });
    const count = (): unknown => other.prepare('SELECT count(*) AS n FROM usage').get()?.['n'];
    const writing = database.write(() => database.run(insertUsage, 'one'));
    expect(count()).toBe(0);
    await writing;
    expect(count()).toBe(1);
  });

  it('names a full disk, keeps what was there, and goes on when there is room again', async () => {
    const { database } = await newDatabase();
    const pages = Number(database.get('PRAGMA page_count')?.['page_count']);
    database.get(`PRAGMA max_page_count = ${String(pages + 2)}`);
    const big = 'x'.repeat(1_000_000);
    const results = await Promise.allSettled([
      database.write(() => database.run(insertUsage, 'small')),
      database.write(() => database.run(insertUsage, big)),
    ]);
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed.length).toBeGreaterThan(0);
    for (const { reason } of failed) expect(reason).toMatchObject({ name: 'StoreError', kind: 'full' });
    database.get('PRAGMA max_page_count = 1000000');
    await database.write(() => database.run(insertUsage, big));
  });

  it('is readable by its owner only, as is the log beside it', async () => {
    const { database, path } = await newDatabase();
    await database.write(() => database.run(insertUsage, 'one'));
    for (const file of [path, `${path}-wal`]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('refuses what a newer Occhio wrote', async () => {
    const path = join(await temporaryFolder(), 'hub.sqlite');
    const sqlite = new DatabaseSync(path);
    sqlite.exec('PRAGMA user_version = 999');
    sqlite.close();
    expect(() => openDatabase(path)).toThrow('newer Occhio');
  });

  it('never changes or loses a label event', async () => {
    const { database } = await newDatabase();
    database.writeNow(() =>
      database.run(
        `INSERT INTO label_events (id, room, device, sample, received_at, event) VALUES ('a', 'home', 'd', 's', 1, '{}')`,
      ),
    );
    expect(() => database.writeNow(() => database.run(`UPDATE label_events SET event = '[]'`))).toThrow(StoreError);
    expect(() => database.writeNow(() => database.run('DELETE FROM label_events'))).toThrow(StoreError);
    expect(database.all('SELECT event FROM label_events')).toEqual([{ event: '{}' }]);
  });
});

describe('the lock of a data folder', () => {
  it('is held by one at a time and can be taken again', async () => {
    const folder = await temporaryFolder();
    const unlock = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(DataInUseError);
    unlock();
    lockDataDir(folder)();
  });
});
