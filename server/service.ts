/** The hub, put together: store, ingest, learning and net, each knowing only its neighbours' interfaces. */
import { isIPv4, isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Certificates } from '../certs/certificates.ts';
import { ensureCertificates } from '../certs/certificates.ts';
import { lanAddresses, lanHostnames } from '../certs/lan-addresses.ts';
import type { DownMessage } from '../protocol/down.ts';
import type { RoomName } from '../protocol/ids.ts';
import { protocolVersion } from '../protocol/version.ts';
import { Admission } from './admission.ts';
import type { Config } from './config.ts';
import { devicePorts } from './device-ports.ts';
import { hubPorts } from './hub-ports.ts';
import { Ingest } from './ingest/ingest.ts';
import { splitOf } from './ingest/split.ts';
import { onnxOfFile } from './models/export/onnx-of-file.ts';
import { Link } from './net/link.ts';
import type { Listener } from './net/listener.ts';
import { listen } from './net/listener.ts';
import { Rooms } from './net/rooms.ts';
import { createRouter } from './net/router.ts';
import { Metrics } from './observe/metrics.ts';
import { Pairing } from './pairing.ts';
import { RoomStates } from './room-states.ts';
import { lockDataDir } from './store/data-lock.ts';
import { openDatabase } from './store/database.ts';
import { DeviceStore } from './store/device-store.ts';
import { PictureList } from './store/picture-list.ts';
import { SqliteLatentStore } from './store/sqlite-latent-store.ts';
import { SqliteSampleStore } from './store/sqlite-sample-store.ts';
import { SqliteVersionStore } from './store/sqlite-version-store.ts';
import type { Learning, LearningOptions } from './training/learning-port.ts';
import { trustPages } from './trust-pages.ts';

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

/** How often a running hub looks whether its addresses have changed or its certificate is about to end. */
const certificateCheckMs = 60_000;

const linkTiming = { helloMs: 10_000, pingMs: 15_000 };

/** Rejects with DataInUseError, ListenError, CorruptCertificateError or what the store throws; nothing stays open then. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const closing = new AsyncDisposableStack();
  try {
    const unlock = lockDataDir(options.config.data);
    closing.defer(unlock);
    return await start(options, closing);
  } catch (error) {
    await closing.disposeAsync();
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
    latents: new SqliteLatentStore(database),
    versions: new SqliteVersionStore(database),
    broadcast: (room: RoomName, message: DownMessage) => {
      rooms.broadcast(room, message);
      if (message.type === 'report' || message.type === 'model-offer') states.changed(room);
    },
    log: log.child({ part: 'learning' }),
    trainer: { backend: config.backend, threads: config.threads, budgetMs: config.roundSeconds * 1000 },
  });
  const states = new RoomStates({
    samples,
    rooms,
    current: (room) => learning.current(room),
    failed: (error) => {
      log.error({ err: error }, 'no room state');
    },
  });
  closing.defer(() => states.stop());
  closing.defer(() => learning.stop());
  await learning.start();
  closing.defer(
    samples.subscribe((room) => {
      states.changed(room);
    }),
  );

  let network: Listener | null = null;
  const pairingUrls = (token: string): readonly string[] => {
    const port = network?.port;
    if (port === undefined) return [];
    return phoneAddresses(config.host).map((address) => `https://${address}:${String(port)}/#pair=${token}`);
  };
  const pairing = new Pairing({
    now,
    show: (token) => {
      invite(pairingUrls(token));
    },
  });
  const ingest = new Ingest({ samples, now });
  const metrics: Metrics = new Metrics(() => link.connections);
  const link: Link = new Link({
    ports: {
      ...hubPorts({
        admission: new Admission({ devices, pairing, now }),
        ingest,
        learning,
        states,
        devices,
        pictures: new PictureList(database),
        metrics,
        log,
      }),
      ...devicePorts({ devices, rooms, pairing, ingest, pairingUrls, now, log }),
    },
    rooms,
    timing: linkTiming,
    log: log.child({ part: 'net' }),
  });
  const certificates = config.tls ? await certificatesFor(config) : null;
  const startedAtMs = now();
  const handler = createRouter({
    appDir: config.app,
    modelFile: (model) => learning.modelFile(model),
    onnxOf: onnxOfFile,
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
  network =
    certificates && (await listen({ host: config.host, port: config.httpsPort, tls: certificates, handler, link }));
  if (network) {
    listeners.push(network);
    closing.defer(keepCertified(network, config, log));
    pairing.renew();
  }
  return {
    localUrl: `http://localhost:${String(local.port)}`,
    httpsPort: network?.port ?? null,
    certificates,
    backend: learning.backend,
    invite: () => {
      if (certificates) pairing.renew();
    },
    stop: () => closing.disposeAsync(),
  };
}

function certificatesFor({ certs, host }: Config): Promise<Certificates> {
  const hostnames = isEveryAddress(host) ? lanHostnames() : [...lanHostnames(), host];
  return ensureCertificates(certs, { addresses: lanAddresses(), hostnames, now: new Date() });
}

/** A computer that changes its network or runs for a year needs another certificate meanwhile. Returns what ends the looking. */
function keepCertified(network: Listener, config: Config, log: Logger): () => void {
  const timer = setInterval(() => {
    certificatesFor(config).then(
      (certificates) => {
        if (certificates.renewed) network.certify(certificates);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the certificate could not be renewed');
      },
    );
  }, certificateCheckMs);
  return () => {
    clearInterval(timer);
  };
}

function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Where a hub that listens at `host` can be reached, as it stands in a URL, the likeliest first. */
function phoneAddresses(host: string): readonly string[] {
  const reached = isEveryAddress(host) ? lanAddresses().filter((address) => host === '::' || isIPv4(address)) : [host];
  return (reached.length > 0 ? reached : ['localhost']).map((address) => (isIPv6(address) ? `[${address}]` : address));
}
