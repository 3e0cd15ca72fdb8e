/** A room with a real store in a temporary folder, that tests teach. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventId, SampleId } from '../../protocol/ids.ts';
import { homeRoom, newBurstId, newDeviceId, newEventId, newSampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { Split } from '../../server/store/sample-store.ts';
import { SqliteLatentStore } from '../../server/store/sqlite-latent-store.ts';
import { SqliteSampleStore } from '../../server/store/sqlite-sample-store.ts';
import { SqliteVersionStore } from '../../server/store/sqlite-version-store.ts';

export type Taught = { readonly sample: SampleId; readonly event: EventId };

export async function roomOfSamples() {
  const dir = await mkdtemp(join(tmpdir(), 'occhio-room-'));
  const database = openDatabase(join(dir, 'hub.sqlite'));
  let split: Split = 'train';
  const samples = new SqliteSampleStore(database, () => split);
  const latents = new SqliteLatentStore(database);
  const versions = new SqliteVersionStore(database);
  const device = newDeviceId();
  const say = async (event: LabelEvent): Promise<void> => {
    await samples.addEvent({ room: homeRoom, device, receivedAtMs: Date.now(), event });
  };
  return {
    dir,
    samples,
    latents,
    versions,
    /** One burst of pictures that all show `label`. */
    async teach(
      pictures: readonly Uint8Array[],
      label: string | null,
      use: Split = 'train',
    ): Promise<readonly Taught[]> {
      split = use;
      const burst = newBurstId();
      const taught: Taught[] = [];
      for (const jpeg of pictures) {
        const one = { sample: newSampleId(), event: newEventId() };
        const atMs = Date.now();
        await samples.addSample({
          id: one.sample,
          room: homeRoom,
          device,
          burst,
          capturedAtMs: atMs,
          receivedAtMs: atMs,
          reason: 'corrected',
          prediction: null,
          jpeg,
          sentChecksum: createHash('sha256').update(jpeg).digest(),
        });
        await say({ type: 'label-event', kind: 'label', id: one.event, sample: one.sample, atMs, label });
        taught.push(one);
      }
      return taught;
    },
    async undo({ sample, event }: Taught): Promise<void> {
      await say({ type: 'label-event', kind: 'undo', id: newEventId(), sample, undoes: event, atMs: Date.now() });
    },
    async close(): Promise<void> {
      database.close();
      await rm(dir, { recursive: true });
    },
  };
}

export type RoomOfSamples = Awaited<ReturnType<typeof roomOfSamples>>;
