/** What connections ask for, answered by the parts of the hub. */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { maxNameLength } from '../protocol/limits.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Admission } from './admission.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { DevicePorts } from './device-ports.ts';
import type { HubPorts } from './net/ports.ts';
import type { Metrics } from './observe/metrics.ts';
import type { RoomStates } from './room-states.ts';
import type { DeviceStore } from './store/device-store.ts';
import type { PictureList } from './store/picture-list.ts';
import type { Learning } from './training/learning-port.ts';

type PortsOptions = {
  readonly admission: Admission;
  readonly ingest: Ingest;
  readonly learning: Learning;
  readonly states: RoomStates;
  readonly devices: DeviceStore;
  readonly pictures: PictureList;
  readonly metrics: Metrics;
  readonly log: Logger;
};

export function hubPorts({
  admission,
  ingest,
  learning,
  states,
  devices,
  pictures,
  metrics,
  log,
}: PortsOptions): Omit<HubPorts, keyof DevicePorts> {
  return {
    async hello(hello, onThisMachine) {
      const admitted = await admission.admit(hello, onThisMachine);
      if (admitted.kind === 'refused') return admitted;
      log.info({ device: hello.device, room: hello.room, paired: admitted.secret !== null }, 'device came');
      const welcome = {
        type: 'welcome' as const,
        version: protocolVersion,
        hubName: hostname().slice(0, maxNameLength),
        trainerBackend: learning.backend.slice(0, maxNameLength),
        secret: admitted.secret,
      };
      return { kind: 'admitted', welcome };
    },
    async joined({ room }, holds) {
      const offer = await learning.offerFor(room, holds);
      const state = await states.of(room);
      // Was another version promoted meanwhile, then the room has been told, and this offer would lead back.
      return [state, learning.status(room), ...(offer?.model === state.current.model ? [offer] : [])];
    },
    async sample(from, sample) {
      const outcome = await metrics.received('sample', ingest.sample(from, sample));
      if (outcome.kind === 'stored') states.changed(from.room);
      return outcome;
    },
    labelEvent: (from, event) => metrics.received('label-event', ingest.labelEvent(from, event)),
    async modelStatus({ device }, { model, status }) {
      if (status.kind === 'live') await devices.runs(device, model);
      else log.warn({ device, model, why: status.why }, 'a device rejected a model');
    },
    async modelRequest(_, { model, parent }) {
      if (learning.modelFile(model) === null)
        return { kind: 'refused', code: 'unknown-model', text: 'The hub has no such model. Wait for its next offer.' };
      const delta = await learning.delta(model, parent);
      return delta
        ? { kind: 'delta', delta: { type: 'model-delta', model, parent, delta } }
        : { kind: 'refused', code: 'no-delta', text: 'There is no delta from this parent. Fetch the whole model.' };
    },
    history: ({ room }) => learning.history(room),
    pictures: ({ room }, { after }) => pictures.since(room, after),
    picture: ({ room }, { sample }) => ({ type: 'picture', sample, jpeg: pictures.jpeg(room, sample) }),
    async pin({ device, room }, { version }) {
      const outcome = await learning.pin(room, version);
      if (outcome === 'done') {
        log.info({ device, room, version }, version === null ? 'a version was let go' : 'a version was pinned');
        return { kind: 'pinned' };
      }
      const which = version === null ? 'the newest version' : `version ${String(version)}`;
      const text = {
        unknown: `The room has no ${which} that was promoted. Choose one of its history.`,
        gone: `The file of ${which} is missing on the hub. Choose another, or restore it from a copy.`,
      }[outcome];
      return { kind: 'refused', code: 'unknown-model', text };
    },
  };
}
