/** One valid message of every kind. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { DownMessage } from '../../protocol/down.ts';
import { modelHashSchema, newBurstId, newDeviceId, newEventId, newSampleId } from '../../protocol/ids.ts';
import { homeRoom } from '../../protocol/ids.ts';
import type { Report } from '../../protocol/messages/report.ts';
import type { UpMessage } from '../../protocol/up.ts';
import { newHello } from './test-device.ts';

const model = v.parse(modelHashSchema, 'a'.repeat(64));
const parent = v.parse(modelHashSchema, 'b'.repeat(64));
const jpeg = Uint8Array.from({ length: 300 }, (_, index) => index);
const [sample, event] = [newSampleId(), newEventId()];
const said = { type: 'label-event', sample, atMs: 1_700_000_000_000 } as const;

export const upMessages: readonly UpMessage[] = [
  newHello({ holds: [model, parent], credential: { kind: 'pairing', token: 'abcdefghijklmnopqrstuv' } }),
  newHello({ credential: { kind: 'secret', secret: 'abcdefghijklmnopqrstuv' } }),
  newHello(),
  {
    type: 'sample',
    id: sample,
    capturedAtMs: 1_700_000_000_000,
    burst: newBurstId(),
    reason: 'unsure',
    prediction: { label: 'caffè', probability: 0.25, model },
    jpeg,
    checksum: createHash('sha256').update(jpeg).digest(),
  },
  { ...said, id: event, kind: 'label', label: 'caffè' },
  { ...said, id: event, kind: 'relabel', label: null },
  { ...said, id: newEventId(), kind: 'undo', undoes: event },
  { ...said, id: newEventId(), kind: 'delete' },
  { type: 'model-status', model, status: { kind: 'live' } },
  { type: 'model-status', model, status: { kind: 'rejected', why: 'The probes differ.' } },
  { type: 'model-request', model, parent },
  { type: 'history-request' },
  { type: 'pin', version: 2 },
  { type: 'pin', version: null },
  { type: 'pictures-request', after: null },
  { type: 'pictures-request', after: '0123/home/17' },
  { type: 'picture-request', sample },
  { type: 'pair-request' },
  { type: 'devices-request' },
  { type: 'remove-device', device: newDeviceId() },
  { type: 'erase' },
];

const report: Report = {
  type: 'report',
  model,
  parent,
  version: 2,
  verdict: 'promoted',
  reasons: ['Nothing got worse.'],
  fixes: [sample],
  breaks: [],
  classes: [{ label: 'mug', n: 4, rightBefore: 1, rightAfter: 4 }],
  corrections: 8,
  deltaBytes: 100_000,
  seconds: 7.5,
};

export const downMessages: readonly DownMessage[] = [
  { type: 'welcome', version: 2, hubName: 'kitchen', trainerBackend: 'wasm (2 threads)', secret: null },
  { type: 'ack', samples: [sample], events: [event] },
  { type: 'refusal', code: 'checksum', text: 'Expected another.', of: { kind: 'sample', id: sample } },
  { type: 'refusal', code: 'malformed', text: 'Expected another.', of: { kind: 'connection' } },
  { type: 'model-offer', model, version: 2, bytes: 2_000_000, delta: { parent, bytes: 100_000 } },
  { type: 'model-delta', model, parent, delta: jpeg },
  {
    type: 'train-status',
    status: {
      kind: 'training',
      step: 3,
      steps: 90,
      loss: 1.5,
      accuracy: 0.5,
      held: { step: 2, loss: 1.75, accuracy: 0.25 },
      waiting: 2,
    },
  },
  { type: 'train-status', status: { kind: 'idle' } },
  report,
  {
    type: 'room-state',
    room: homeRoom,
    current: { model, version: 2 },
    labels: [{ label: 'mug', samples: 8 }],
    samples: 9,
    pending: 0,
    devices: 2,
  },
  {
    type: 'history',
    current: { version: 2, pinned: false },
    versions: [
      { version: 2, createdAtMs: 1_700_000_000_000, checked: { n: 4, rightBefore: 1, rightAfter: 4 }, report },
      { version: 1, createdAtMs: 1_600_000_000_000, checked: null, report: null },
    ],
    figures: {
      classes: [{ label: 'mug', taught: 0, n: 4, rightBefore: 1, rightAfter: 4, claimed: 5 }],
      confusions: [{ label: 'cup', as: 'mug', n: 1, samples: [newSampleId()] }],
      curve: [{ step: 1, loss: 2.5, accuracy: 0.25, held: { step: 1, loss: 2.5, accuracy: 0 }, waiting: 0 }],
    },
  },
  { type: 'refusal', code: 'unknown-model', text: 'There is none.', of: { kind: 'pin', version: 3 } },
  {
    type: 'pictures',
    fresh: false,
    entries: [
      {
        sample,
        capturedAtMs: 1_700_000_000_000,
        device: newDeviceId(),
        deviceName: 'Phone',
        reason: 'corrected',
        prediction: { label: 'cup', probability: 0.5 },
        said: { label: 'mug', event, device: newDeviceId(), deviceName: null },
        dispute: { label: null },
        heldOut: false,
        learnedIn: 2,
      },
    ],
    gone: [newSampleId()],
    cursor: '0123/home/17',
    more: true,
  },
  { type: 'picture', sample, jpeg },
  { type: 'picture', sample, jpeg: null },
  { type: 'pairing', urls: ['https://192.0.2.7:8443/#pair=abcdefghijklmnopqrstuv'], goodForMs: 900_000 },
  {
    type: 'devices',
    devices: [
      {
        device: newDeviceId(),
        name: 'Phone',
        here: true,
        lastSeenAtMs: 1_700_000_000_000,
        paired: true,
        pictures: 8,
        labels: 9,
      },
    ],
  },
  { type: 'refusal', code: 'too-many', text: 'Ask again later.', of: { kind: 'pairing' } },
  { type: 'refusal', code: 'unknown-device', text: 'There is none.', of: { kind: 'device', id: newDeviceId() } },
  { type: 'erased', pictures: 8, labels: 9 },
];
