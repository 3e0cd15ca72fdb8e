/** A room as people have it after some days: pictures of two devices, a line of versions, what is mixed up. Nothing in it trains. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DeviceId, EventId, SampleId } from '../../protocol/ids.ts';
import { homeRoom, newBurstId, newDeviceId, newEventId, newSampleId } from '../../protocol/ids.ts';
import { decodeModel, encodeModel } from '../../protocol/learning/model-file.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import type { Figures } from '../../protocol/messages/history.ts';
import type { Report } from '../../protocol/messages/report.ts';
import { splitOf } from '../../server/ingest/split.ts';
import { ModelFolder } from '../../server/models/model-folder.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { SampleStore } from '../../server/store/sample-store.ts';
import { SqliteSampleStore } from '../../server/store/sqlite-sample-store.ts';
import type { VersionRecord } from '../../server/store/version-store.ts';
import { createLearning } from '../../server/training/learning.ts';
import type { LearningOptions } from '../../server/training/learning-port.ts';
import type { Thing } from './drawn-household.ts';
import { roomThings, drawHousehold } from './drawn-household.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { TestDevice } from './test-device.ts';
import type { TestHub } from './test-hub.ts';
import { startTestHub } from './test-hub.ts';

const hourMs = 3_600_000;

export type RoomOnShow = {
  readonly hub: TestHub;
  /** Of the version that is live. */
  readonly report: Report;
  /** Tells all devices of the room, as learning does. */
  readonly broadcast: (message: Parameters<LearningOptions['broadcast']>[1]) => void;
};

type Said = { readonly sample: SampleId; readonly event: EventId; readonly label: Thing };

/** `app`: the built app that the hub serves. Stopped when the test has finished. */
export async function roomOnShow(app: string): Promise<RoomOnShow> {
  let options: LearningOptions | undefined;
  const untaught = new SqliteSampleStore(openDatabase(join(await temporaryFolder(), 'untaught.sqlite')), splitOf);
  const hub = await startTestHub({
    app,
    createLearning(given) {
      options = given;
      // What is shown here was learned long ago.
      return createLearning({ ...given, samples: untaught });
    },
  });
  if (!options) throw new Error('A hub that runs learns.');
  const { samples, versions, broadcast } = options;
  const base = versions.current(homeRoom);
  if (!base) throw new Error('A hub that runs has a base in its room.');
  const said = await fill(samples, await devicesOf(hub));
  const line = await lineOf(base, new ModelFolder(join(hub.dataDir, 'models')), said);
  for (const record of line)
    if (record.status === 'refused') versions.add(record);
    else versions.promote(record);
  const report = line.at(-1)?.report;
  if (!report) throw new Error('The last version has a report.');
  return {
    hub,
    report,
    broadcast: (message) => {
      broadcast(homeRoom, message);
    },
  };
}

/** Two that stay in the room. */
async function devicesOf(hub: TestHub): Promise<readonly DeviceId[]> {
  const devices: DeviceId[] = [];
  for (const deviceName of ['Anna’s phone', 'Workshop tablet']) {
    const [device, one] = [newDeviceId(), new TestDevice(hub.localUrl)];
    await one.join({ device, deviceName });
    devices.push(device);
  }
  return devices;
}

/** Bursts of every thing, by both devices, over some days. */
async function fill(samples: SampleStore, devices: readonly DeviceId[]): Promise<readonly Said[]> {
  const [random, said, nowMs] = [seededRandom(5), [] as Said[], Date.now()];
  for (let burst = 0; burst < 12; burst++) {
    const label = roomThings[burst % roomThings.length] ?? 'house key';
    const id = newBurstId();
    const device = devices[burst % 3 === 0 ? 1 : 0];
    if (device === undefined) throw new Error('There are two devices.');
    for (let i = 0; i < 4; i++) {
      const jpeg = await drawHousehold(label, random);
      const atMs = nowMs - (12 - burst) * 7 * hourMs + i * 400;
      const one = { sample: newSampleId(), event: newEventId(), label };
      const kept = { room: homeRoom, device, receivedAtMs: atMs };
      const sent = { id: one.sample, burst: id, capturedAtMs: atMs, reason: 'corrected' as const, prediction: null };
      await samples.addSample({ ...kept, ...sent, jpeg, sentChecksum: createHash('sha256').update(jpeg).digest() });
      await samples.addEvent({
        ...kept,
        event: { type: 'label-event', kind: 'label', id: one.event, sample: one.sample, atMs, label },
      });
      said.push(one);
    }
  }
  // They do not agree about one.
  const [disputed, other] = [said.at(-3), devices[1]];
  if (disputed && other)
    await samples.addEvent({
      room: homeRoom,
      device: other,
      receivedAtMs: nowMs,
      event: {
        ...{ type: 'label-event', kind: 'relabel', id: newEventId(), sample: disputed.sample },
        ...{ atMs: nowMs, label: 'bunch of keys' },
      },
    });
  return said;
}

/** The versions after the base, oldest first; devices need not care for the difference between their networks. */
async function lineOf(base: VersionRecord, folder: ModelFolder, said: readonly Said[]): Promise<VersionRecord[]> {
  const model = decodeModel(await folder.read(base.model));
  const records: VersionRecord[] = [];
  let parent = base.model;
  for (const [i, { verdict, right, corrections, reasons, seconds, bytes }] of rounds.entries()) {
    const hash = await folder.write(encodeModel({ ...model, temperature: model.temperature * (1.001 + i / 1000) }));
    const classes = judged.map(({ label, n, at }) => ({
      label,
      n,
      rightBefore: i === 0 ? 0 : Math.round(n * (at[i - 1] ?? 0)),
      rightAfter: Math.round(n * (at[i] ?? 0)),
    }));
    const learned = said.slice(0, corrections);
    const report: Report = {
      ...{ type: 'report', model: hash, parent, version: i + 2, verdict, seconds },
      reasons: [...reasons],
      fixes: learned.slice(-right).map(({ sample }) => sample),
      breaks: verdict === 'refused' ? learned.slice(0, 3).map(({ sample }) => sample) : [],
      classes: classes.filter(({ rightBefore, rightAfter }) => rightBefore !== rightAfter),
      corrections,
      deltaBytes: bytes,
    };
    records.push({
      ...{ room: base.room, version: i + 2, model: hash, parent, status: verdict, report },
      figures: figuresOf(classes, learned, i),
      createdAtMs: Date.now() - (rounds.length - i) * 19 * hourMs,
      corrections: learned.map(({ event }) => event),
    });
    if (verdict !== 'refused') parent = hash;
  }
  return records;
}

/** What each round after the base came to. */
const rounds = [
  {
    ...{ verdict: 'in-trial', right: 6, corrections: 8, seconds: 6.1, bytes: 148_200 },
    reasons: ['No class got worse beyond chance: 52 of 74 pictures right before, 58 after.'],
  },
  {
    ...{ verdict: 'promoted', right: 9, corrections: 20, seconds: 6.8, bytes: 161_900 },
    reasons: ['No class got worse beyond chance: 58 of 74 pictures right before, 66 after.'],
  },
  {
    ...{ verdict: 'refused', right: 3, corrections: 28, seconds: 7.2, bytes: 170_400 },
    reasons: ['"cup" got worse: 11 of 12 pictures right before, 6 after.'],
  },
  {
    ...{ verdict: 'promoted', right: 8, corrections: 44, seconds: 7.4, bytes: 168_300 },
    reasons: ['No class got worse beyond chance: 66 of 74 pictures right before, 71 after.'],
  },
] as const satisfies readonly (Pick<Report, 'verdict' | 'corrections' | 'seconds'> & {
  readonly right: number;
  readonly bytes: number;
  readonly reasons: readonly string[];
})[];

/** The part that was right after each round. */
const judged = [
  { label: 'moka pot', n: 14, at: [0.5, 0.86, 0.86, 1] },
  { label: 'watering can', n: 12, at: [0, 0.75, 0.92, 0.92] },
  { label: 'rubber duck', n: 12, at: [0, 0.83, 0.83, 1] },
  { label: 'house key', n: 12, at: [0.42, 0.75, 0.75, 0.92] },
  { label: 'cup', n: 12, at: [1, 0.92, 0.5, 0.92] },
  { label: 'clock', n: 12, at: [1, 1, 0.92, 1] },
] as const;

function figuresOf(classes: Report['classes'], learned: readonly Said[], round: number): Figures {
  const picturesOf = (label: string): SampleId[] =>
    learned.flatMap(({ label: own, sample }) => (own === label ? [sample] : [])).slice(0, 1);
  return {
    classes: classes.map((one) => ({
      ...one,
      taught: learned.filter(({ label }) => label === one.label).length,
      claimed: one.rightAfter + (one.label === 'cup' || one.label === 'moka pot' ? 1 : 0),
    })),
    confusions: [
      { label: 'watering can', as: 'moka pot', n: 1, samples: picturesOf('watering can') },
      { label: 'house key', as: 'cup', n: 1, samples: picturesOf('house key') },
      { label: 'cup', as: 'moka pot', n: 1, samples: [] },
    ],
    curve: Array.from({ length: 34 }, (_, i) => ({
      step: 1 + 3 * i,
      loss: 0.12 + (2.4 - 0.2 * round) * Math.exp(-i / 7) + 0.08 * Math.sin(i * 2.3) * Math.exp(-i / 30),
      accuracy: Math.min(1, 0.97 - 0.82 * Math.exp(-i / 6) + 0.02 * Math.sin(i * 1.7)),
      held:
        i % 4 === 0
          ? {
              step: 1 + 3 * i,
              loss: 0.22 + (2.5 - 0.2 * round) * Math.exp(-i / 8),
              accuracy: Math.min(1, 0.93 - 0.8 * Math.exp(-i / 7)),
            }
          : null,
      waiting: i < 20 ? 0 : 2,
    })),
  };
}
