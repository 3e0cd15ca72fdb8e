/** What every SampleStore promises. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { homeRoom, newBurstId, newDeviceId, newEventId, newSampleId, roomNameSchema } from '../../../protocol/ids.ts';
import type { SampleId } from '../../../protocol/ids.ts';
import type { LabelEvent } from '../../../protocol/messages/label-event.ts';
import type { NewEvent, NewSample, SampleStore } from '../../../server/store/sample-store.ts';

const otherRoom = v.parse(roomNameSchema, 'shed');
const device = newDeviceId();

function sample(values: Partial<NewSample> = {}): NewSample {
  const jpeg = values.jpeg ?? crypto.getRandomValues(new Uint8Array(100));
  return {
    id: newSampleId(),
    room: homeRoom,
    device,
    burst: newBurstId(),
    capturedAtMs: 1,
    receivedAtMs: 1,
    reason: 'corrected',
    prediction: null,
    jpeg,
    sentChecksum: createHash('sha256').update(jpeg).digest(),
    ...values,
  };
}

function said(event: LabelEvent, values: Partial<NewEvent> = {}): NewEvent {
  return { room: homeRoom, device, receivedAtMs: 1, event, ...values };
}

function label(of: SampleId, text: string | null): LabelEvent {
  return { type: 'label-event', kind: 'label', id: newEventId(), sample: of, atMs: 1, label: text };
}

/** `open` gives the same store again when it is called twice with the same folder: what was committed is there. */
export function sampleStoreContract(
  open: () => Promise<{ readonly store: SampleStore; readonly reopen: () => SampleStore }>,
): void {
  describe('a sample store', () => {
    it('keeps a sample and gives its picture back, also after it was opened anew', async () => {
      const { store, reopen } = await open();
      const kept = sample();
      expect(await store.addSample(kept)).toBe('stored');
      expect(store.picture(kept.id)).toEqual(kept.jpeg);
      expect(reopen().picture(kept.id)).toEqual(kept.jpeg);
    });

    it('knows a resent sample and stores it once', async () => {
      const { store } = await open();
      const kept = sample();
      expect(await Promise.all([store.addSample(kept), store.addSample(kept)])).toEqual(['stored', 'known']);
      expect(store.count(homeRoom)).toBe(1);
      expect(store.usage(device, 1)).toMatchObject({ bytes: 100, samplesThisHour: 1 });
    });

    it('keeps the first of two different samples with one id', async () => {
      const { store } = await open();
      const first = sample();
      await store.addSample(first);
      expect(await store.addSample(sample({ id: first.id }))).toBe('taken');
      expect(await store.addSample({ ...first, room: otherRoom })).toBe('taken');
      expect(store.picture(first.id)).toEqual(first.jpeg);
    });

    it('labels a sample whichever of the two came first', async () => {
      const { store } = await open();
      const [one, two] = [sample(), sample()];
      await store.addSample(one);
      await store.addEvent(said(label(one.id, 'mug')));
      await store.addEvent(said(label(two.id, null)));
      await store.addSample(two);
      expect(store.labelled(homeRoom).map(({ id, label: text }) => [id, text])).toEqual([
        [one.id, 'mug'],
        [two.id, null],
      ]);
    });

    it('stores a resent label event once and refuses another under its id', async () => {
      const { store } = await open();
      const event = label(newSampleId(), 'mug');
      expect(await store.addEvent(said(event))).toBe('stored');
      expect(await store.addEvent(said(event))).toBe('known');
      expect(await store.addEvent(said({ ...event, label: 'cup' } as LabelEvent))).toBe('taken');
      expect(store.usage(device, 1).eventsThisHour).toBe(1);
    });

    it('forgets a label that is undone and returns to the one before', async () => {
      const { store } = await open();
      const kept = sample();
      await store.addSample(kept);
      const [first, second] = [label(kept.id, 'mug'), label(kept.id, 'cup')];
      for (const event of [first, second]) await store.addEvent(said(event));
      const undo = (undoes: LabelEvent): LabelEvent => ({
        type: 'label-event',
        kind: 'undo',
        id: newEventId(),
        sample: kept.id,
        atMs: 1,
        undoes: undoes.id,
      });
      await store.addEvent(said(undo(second)));
      expect(store.labelled(homeRoom)).toMatchObject([{ label: 'mug', event: first.id }]);
      await store.addEvent(said(undo(first)));
      expect(store.labelled(homeRoom)).toEqual([]);
    });

    it('erases the picture of a deleted sample, and of one that is deleted before it comes', async () => {
      const { store, reopen } = await open();
      const [here, late] = [sample(), sample()];
      const erase = (of: SampleId): NewEvent =>
        said({ type: 'label-event', kind: 'delete', id: newEventId(), sample: of, atMs: 1 });
      await store.addSample(here);
      await store.addEvent(erase(here.id));
      await store.addEvent(erase(late.id));
      expect(await store.addSample(late)).toBe('stored');
      for (const each of [store, reopen()])
        expect([each.picture(here.id), each.picture(late.id), each.count(homeRoom)]).toEqual([null, null, 0]);
      expect(await store.addSample(here)).toBe('known');
      expect(store.usage(device, 1).bytes).toBe(0);
    });

    it('deletes all that a device gave and nothing else, and tells the rooms in which something was', async () => {
      const { store, reopen } = await open();
      const other = newDeviceId();
      const [own, shared] = [sample({ room: otherRoom }), sample({ device: other })];
      for (const each of [own, shared]) await store.addSample(each);
      await store.addEvent(said(label(shared.id, 'mug'), { device: other }));
      await store.addEvent(said(label(shared.id, 'cup')));
      const told: string[] = [];
      store.subscribe((room) => told.push(room));
      expect(await store.eraseDevice(device, 2)).toEqual({ pictures: 1, labels: 1 });
      expect(new Set(told)).toEqual(new Set([homeRoom, otherRoom]));
      for (const each of [store, reopen()]) {
        expect([each.picture(own.id), each.picture(shared.id)]).toEqual([null, shared.jpeg]);
        expect(each.labelled(homeRoom)).toMatchObject([{ id: shared.id, label: 'mug' }]);
        expect(each.hasPicture(otherRoom, createHash('sha256').update(own.jpeg).digest())).toBe(false);
      }
      expect(await store.addSample(own)).toBe('taken');
      expect(store.usage(device, 2).bytes).toBe(0);
      expect(await store.eraseDevice(device, 3)).toEqual({ pictures: 0, labels: 0 });
    });

    it('lets nobody label a sample from another room', async () => {
      const { store } = await open();
      const kept = sample();
      await store.addSample(kept);
      await store.addEvent(said(label(kept.id, 'mug'), { room: otherRoom }));
      expect(store.labelled(homeRoom)).toEqual([]);
      expect(store.rooms()).toEqual([homeRoom, otherRoom]);
    });

    it('gives all frames of a burst the same split, whenever they and their labels come', async () => {
      const { store } = await open();
      for (let burst = 0; burst < 30; burst++) {
        const frames = Array.from({ length: 3 }, () => sample());
        const id = newBurstId();
        await Promise.all(frames.map((frame) => store.addSample({ ...frame, burst: id })));
        for (const frame of frames) await store.addEvent(said(label(frame.id, 'mug')));
      }
      const splits = new Map<string, Set<string>>();
      for (const { burst, split } of store.labelled(homeRoom))
        splits.set(burst, (splits.get(burst) ?? new Set()).add(split));
      expect(splits.size).toBe(30);
      for (const ofBurst of splits.values()) expect(ofBurst.size).toBe(1);
      const judging = [...splits.values()].filter((ofBurst) => ofBurst.has('validation')).length;
      expect(judging).toBeGreaterThan(0);
      expect(judging).toBeLessThan(16);
    });

    it('lets the first two bursts of every class train', async () => {
      const { store } = await open();
      for (let index = 0; index < 60; index++) {
        const kept = sample();
        await store.addSample(kept);
        await store.addEvent(said(label(kept.id, `class ${String(index % 30)}`)));
      }
      expect(store.labelled(homeRoom).filter(({ split }) => split !== 'train')).toEqual([]);
    });

    it('tells its listeners of labels, after they can be read, until they leave', async () => {
      const { store } = await open();
      const kept = sample();
      const seen: number[] = [];
      const leave = store.subscribe((room) => seen.push(store.labelled(room).length));
      await store.addSample(kept);
      await store.addEvent(said(label(kept.id, 'mug')));
      leave();
      await store.addEvent(said(label(kept.id, 'cup')));
      expect(seen).toEqual([1]);
    });

    it('counts usage by the hour', async () => {
      const { store } = await open();
      await store.addSample(sample({ receivedAtMs: 10 }));
      await store.addSample(sample({ receivedAtMs: 3_600_010 }));
      expect(store.usage(device, 3_600_020)).toEqual({ bytes: 200, samplesThisHour: 1, eventsThisHour: 0 });
    });
  });
}
