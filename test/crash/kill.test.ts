import { join } from 'node:path';
import { expect, it } from 'vitest';
import { closeCodes } from '../../protocol/close-codes.ts';
import { newEventId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import { openDatabase } from '../../server/store/database.ts';
import { verifyData } from '../../server/store/verify-data.ts';
import { startHubProcess } from '../support/hub-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { newSample } from '../support/test-device.ts';
import { noiseJpeg } from '../support/test-picture.ts';
import { OutboxSender } from './outbox-sender.ts';

const samples = 1000;
const kills = 20;

it(
  `has every acknowledged sample exactly once after ${String(kills)} kills while ${String(samples)} samples flow`,
  { timeout: 180_000 },
  async () => {
    const dataDir = await temporaryFolder();
    const messages = await newMessages(samples);
    const sender = new OutboxSender(messages);
    let killed = 0;
    while (!sender.isEmpty) {
      const hub = await startHubProcess(dataDir);
      // The window stays full, so that every kill meets messages at each step from the socket to the commit.
      const killAt = killed < kills ? Math.round(((killed + 1) * messages.length) / (kills + 1)) : Infinity;
      const sending = sender.sendTo(hub.url, () => {
        if (sender.acknowledged.size >= killAt) hub.child.kill('SIGKILL');
      });
      await sending;
      if (killAt < Infinity) killed++;
      else hub.child.kill('SIGTERM');
      await hub.ended;
    }
    expect(killed).toBe(kills);
    expect(sender.refused).toEqual([]);

    const database = openDatabase(join(dataDir, 'hub.sqlite'));
    const stored = [...database.all('SELECT id FROM samples'), ...database.all('SELECT id FROM label_events')].map(
      (row) => String(row['id']),
    );
    const verification = await verifyData(dataDir, database);
    database.close();
    expect(stored.sort()).toEqual([...sender.acknowledged].sort());
    expect(stored.sort()).toEqual(messages.map(({ id }) => id).sort());
    expect(verification).toMatchObject({ problems: [], samples });
  },
);

it('finishes and answers what it has read when it is told to stop', async () => {
  const dataDir = await temporaryFolder();
  const hub = await startHubProcess(dataDir);
  const sender = new OutboxSender(await newMessages(200));
  // The first acknowledgement finds the window full of messages.
  const closed = await sender.sendTo(hub.url, () => {
    if (!hub.child.killed) hub.child.kill('SIGTERM');
  });
  expect(closed.code).toBe(closeCodes.stopping);
  expect(await hub.ended).toBe(0);
  expect(sender.isEmpty).toBe(false);

  const database = openDatabase(join(dataDir, 'hub.sqlite'));
  const stored = [...database.all('SELECT id FROM samples'), ...database.all('SELECT id FROM label_events')];
  database.close();
  expect(stored.map((row) => String(row['id'])).sort()).toEqual([...sender.acknowledged].sort());
});

/** So many samples, and a label event for every fifth; none that would start training. */
async function newMessages(count: number): Promise<readonly (Sample | LabelEvent)[]> {
  const pictures = await Promise.all(Array.from({ length: 20 }, (_, seed) => noiseJpeg(seed)));
  return Array.from({ length: count }, (_, index) => {
    const sample = newSample(pictures[index % pictures.length] ?? Uint8Array.of(), { reason: 'unsure' });
    const undo: LabelEvent = {
      type: 'label-event',
      kind: 'undo',
      id: newEventId(),
      sample: sample.id,
      atMs: 1,
      undoes: newEventId(),
    };
    return index % 5 === 0 ? [sample, undo] : [sample];
  }).flat();
}
