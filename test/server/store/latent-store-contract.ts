/** What every LatentStore promises. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { homeRoom, newBurstId, newDeviceId, newEventId, newSampleId, roomNameSchema } from '../../../protocol/ids.ts';
import type { RoomName, SampleId } from '../../../protocol/ids.ts';
import type { LatentStore } from '../../../server/store/latent-store.ts';
import type { SampleStore } from '../../../server/store/sample-store.ts';

const otherRoom = v.parse(roomNameSchema, 'shed');
const device = newDeviceId();
const madeBy = 'a base';

async function stored(samples: SampleStore, room: RoomName = homeRoom): Promise<SampleId> {
  const jpeg = crypto.getRandomValues(new Uint8Array(10));
  const sentChecksum = createHash('sha256').update(jpeg).digest();
  const [id, burst] = [newSampleId(), newBurstId()];
  await samples.addSample({
    ...{ id, room, device, burst, jpeg, sentChecksum },
    ...{ capturedAtMs: 1, receivedAtMs: 1, reason: 'corrected', prediction: null },
  });
  return id;
}

async function deleted(samples: SampleStore, sample: SampleId): Promise<void> {
  const event = { type: 'label-event', kind: 'delete', id: newEventId(), sample, atMs: 1 } as const;
  await samples.addEvent({ room: homeRoom, device, receivedAtMs: 1, event });
}

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);

/** `open`: a room may have 100 bytes. `reopen` gives the same store again. */
export function latentStoreContract(
  open: () => Promise<{
    readonly samples: SampleStore;
    readonly latents: LatentStore;
    readonly reopen: () => LatentStore;
  }>,
): void {
  describe('a latent store', () => {
    it('gives back what was kept last of a sample, also after it was opened anew', async () => {
      const { samples, latents, reopen } = await open();
      const sample = await stored(samples);
      await latents.keep(homeRoom, madeBy, [{ sample, views: bytes(5) }]);
      await latents.keep(homeRoom, madeBy, [{ sample, views: bytes(6) }]);
      expect(latents.find(sample, madeBy)).toEqual(bytes(6));
      expect(reopen().find(sample, madeBy)).toEqual(bytes(6));
    });

    it('knows nothing of a sample of which something else made the latents', async () => {
      const { samples, latents } = await open();
      const sample = await stored(samples);
      await latents.keep(homeRoom, madeBy, [{ sample, views: bytes(5) }]);
      expect(latents.find(sample, 'another base')).toBeNull();
      await latents.keep(homeRoom, 'another base', [{ sample, views: bytes(5) }]);
      expect(latents.find(sample, madeBy)).toBeNull();
    });

    it('loses the latents with the picture, and keeps none of a sample that is not there', async () => {
      const { samples, latents } = await open();
      const sample = await stored(samples);
      await latents.keep(homeRoom, madeBy, [{ sample, views: bytes(5) }]);
      await deleted(samples, sample);
      expect(latents.find(sample, madeBy)).toBeNull();

      const elsewhere = await stored(samples, otherRoom);
      const late = [sample, elsewhere, newSampleId()].map((one) => ({ sample: one, views: bytes(5) }));
      await latents.keep(homeRoom, madeBy, late);
      for (const { sample: one } of late) expect(latents.find(one, madeBy)).toBeNull();
    });

    it('lets the oldest samples of the room make way, and those of no other room', async () => {
      const { samples, latents } = await open();
      const ids: SampleId[] = [];
      for (let i = 0; i < 4; i++) ids.push(await stored(samples));
      const elsewhere = await stored(samples, otherRoom);
      await latents.keep(otherRoom, madeBy, [{ sample: elsewhere, views: bytes(90) }]);
      await latents.keep(
        homeRoom,
        madeBy,
        ids.toReversed().map((sample) => ({ sample, views: bytes(40) })),
      );
      expect(ids.map((sample) => latents.find(sample, madeBy) !== null)).toEqual([false, false, true, true]);
      expect(latents.find(elsewhere, madeBy)).toEqual(bytes(90));
    });
  });
}
