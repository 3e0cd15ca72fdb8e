/** The hub, put together: store, ingest, learning and net, each knowing only its neighbours' interfaces. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Certificates } from '../certs/certificates.ts';
import { ensureCertificates } from '../certs/certificates.ts';
import { lanAddresses, lanHostnames } from '../certs/lan-addresses.ts';
import {
  authorityContentType,
  authorityPath,
  trustLanguage,
  trustPage,
  trustPageSecurityPolicy,
} from '../certs/trust-page.ts';
import type { DownMessage } from '../protocol/down.ts';
import type { RoomName } from '../protocol/ids.ts';
import { maxNameLength } from '../protocol/limits.ts';
import { protocolVersion } from '../protocol/version.ts';
import { Admission } from './admission.ts';
import type { Config } from './config.ts';
import { Ingest } from './ingest/ingest.ts';
import { splitOf } from './ingest/split.ts';
import { Link } from './net/link.ts';
import type { Listener } from './net/listener.ts';
import { listen } from './net/listener.ts';
import type { HubPorts } from './net/ports.ts';
import { Rooms } from './net/rooms.ts';
import type { RouterOptions } from './net/router.ts';
import { createRouter } from './net/router.ts';
import { Metrics } from './observe/metrics.ts';
import { Pairing } from './pairing.ts';
import { RoomStates } from './room-states.ts';
import { lockDataDir } from './store/data-lock.ts';
import { openDatabase } from './store/database.ts';
import { DeviceStore } from './store/device-store.ts';
import { SqliteSampleStore } from './store/sqlite-sample-store.ts';
import { SqliteVersionStore } from './store/sqlite-version-store.ts';
import type { Learning, LearningOptions } from './training/learning-port.ts';

export type HubOptions = {
  readonly config: Config;
  readonly log: Logger;
  readonly createLearning: (options: LearningOptions) => Learning;
  /** Shows the people at this machine the addresses at which a new device can pair, once each time they change. */
  readonly invite: (urls: readonly string[]) => void;
};

export interface Hub {
  readonly localUrl: string;
  /** The port for the network; null without TLS. */
  readonly httpsPort: number | null;
  readonly certificates: Certificates | null;
  /** Where training runs, in words. */
  readonly backend: string;
  /** Makes and shows a new invitation. */
  invite(): void;
  /** Takes nothing new, answers what came, ends training, closes the store. */
  stop(): Promise<void>;
}

const linkTiming = { helloMs: 10_000, pingMs: 15_000 };

/** Rejects with DataInUseError, ListenError, CorruptCertificateError or what the store throws; nothing stays open then. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { config, log } = options;
  const closing = new AsyncDisposableStack();
  try {
    const unlock = lockDataDir(config.data);
    closing.defer(unlock);
    return await start(options, closing);
  } catch (error) {
    await closing.disposeAsync();
    log.error({ err: error }, 'the hub could not start');
    throw error;
  }
}

/** What is started goes onto `closing`, which ends it in the reverse order. */
async function start({ config, log, createLearning, invite }: HubOptions, closing: AsyncDisposableStack): Promise<Hub> {
  const now = Date.now;
  const database = openDatabase(join(config.data, 'hub.sqlite'));
  closing.defer(() => {
    database.close();
  });
  const samples = new SqliteSampleStore(database, splitOf);
  const devices = new DeviceStore(database);
  const rooms = new Rooms((room) => {
    states.changed(room);
  });
  const learning = createLearning({
    dataDir: config.data,
    samples,
    versions: new SqliteVersionStore(database),
    broadcast: (room: RoomName, message: DownMessage) => {
      rooms.broadcast(room, message);
      if (message.type === 'report' || message.type === 'model-offer') states.changed(room);
    },
    log: log.child({ part: 'learning' }),
    trainer: { threads: config.threads },
  });
  const states = new RoomStates({
    samples,
    rooms,
    current: (room) => learning.current(room),
    failed: (error) => {
      log.error({ err: error }, 'no room state');
    },
  });
  closing.defer(() => {
    states.stop();
  });
  await learning.start();
  closing.defer(() => learning.stop());
  closing.defer(
    samples.subscribe((room) => {
      states.changed(room);
    }),
  );

  const ports: number[] = [];
  const pairing = new Pairing({
    now,
    show: (token) => {
      invite(phoneAddresses().map((address) => `https://${address}:${String(ports[0])}/#pair=${token}`));
    },
  });
  const metrics = new Metrics(() => link.connections);
  const link = new Link({
    ports: hubPorts({
      admission: new Admission({ devices, pairing, now }),
      ingest: new Ingest({ samples, now }),
      learning,
      states,
      devices,
      metrics,
      log,
    }),
    rooms,
    timing: linkTiming,
    log: log.child({ part: 'net' }),
  });
  const certificates = config.tls ? await certificatesFor(config) : null;
  const startedAtMs = now();
  const handler = createRouter({
    appDir: config.app,
    modelFile: (model) => learning.modelFile(model),
    metrics: () => metrics.answer(),
    health: () => ({
      status: 'ok',
      protocolVersion,
      backend: learning.backend,
      connections: link.connections,
      uptimeSeconds: Math.round((now() - startedAtMs) / 1000),
    }),
    pages: certificates ? trustPages(certificates) : new Map(),
    log: log.child({ part: 'http' }),
  });

  const listeners: Listener[] = [];
  closing.defer(async () => {
    await Promise.all([...listeners.map((listener) => listener.stop()), link.stop()]);
  });
  const local = await listen({ host: '127.0.0.1', port: config.port, tls: null, handler, link });
  listeners.push(local);
  const network =
    certificates && (await listen({ host: config.host, port: config.httpsPort, tls: certificates, handler, link }));
  if (network) {
    listeners.push(network);
    ports.push(network.port);
    pairing.renew();
  }
  return {
    localUrl: `http://localhost:${String(local.port)}`,
    httpsPort: network?.port ?? null,
    certificates,
    backend: learning.backend,
    invite: () => {
      if (network) pairing.renew();
    },
    stop: () => closing.disposeAsync(),
  };
}

type PortsOptions = {
  readonly admission: Admission;
  readonly ingest: Ingest;
  readonly learning: Learning;
  readonly states: RoomStates;
  readonly devices: DeviceStore;
  readonly metrics: Metrics;
  readonly log: Logger;
};

function hubPorts({ admission, ingest, learning, states, devices, metrics, log }: PortsOptions): HubPorts {
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
      const status = { type: 'train-status' as const, status: learning.status(room) };
      return [await states.of(room), status, ...(offer ? [offer] : [])];
    },
    sample: (from, sample) => metrics.received('sample', ingest.sample(from, sample)),
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
  };
}

function certificatesFor({ certs }: Config): Promise<Certificates> {
  return ensureCertificates(certs, { addresses: lanAddresses(), hostnames: lanHostnames(), now: new Date() });
}

/** Addresses as they stand in a URL, the likeliest first. */
function phoneAddresses(): readonly string[] {
  const addresses = lanAddresses().map((address) => (address.includes(':') ? `[${address}]` : address));
  return addresses.length > 0 ? addresses : ['localhost'];
}

function trustPages({ authorityDer, fingerprint }: Certificates): RouterOptions['pages'] {
  return new Map([
    [
      '/trust',
      (request) => ({
        contentType: 'text/html; charset=utf-8',
        headers: { 'Content-Security-Policy': trustPageSecurityPolicy },
        body: trustPage({
          language: trustLanguage({
            lang: new URL(request.url ?? '/', 'http://localhost').searchParams.get('lang'),
            acceptLanguage: request.headers['accept-language'] ?? '',
          }),
          fingerprint,
          userAgent: request.headers['user-agent'] ?? '',
        }),
      }),
    ],
    [authorityPath, () => ({ contentType: authorityContentType, body: authorityDer })],
  ]);
}
