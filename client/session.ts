/** The composition root: makes the parts of the app and joins them. The parts know nothing of each other. */
import { homeRoom } from '../protocol/ids.ts';
import type { DownMessage } from '../protocol/down.ts';
import { minimumProtocolVersion, protocolVersion } from '../protocol/version.ts';
import { AppUpdate } from './app-update.ts';
import { Camera } from './camera/camera.ts';
import { FramePump } from './camera/frame-pump.ts';
import { Viewfinder } from './camera/viewfinder.ts';
import { Corrections } from './capture/corrections.ts';
import { Questions } from './capture/questions.ts';
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';
import { HubListener } from './hub-news.ts';
import { languageFor } from './i18n/messages.ts';
import { credentialFor, pairingTokenIn } from './link/credential.ts';
import { Link } from './link/link.ts';
import { pathOf } from './model/model-store.ts';
import { ModelUpdater } from './model/model-updater.ts';
import { VersionHistory } from './model/version-history.ts';
import { IdbOutbox } from './outbox/idb-outbox.ts';
import { OutboxSender } from './outbox/outbox-sender.ts';
import type { Inside } from './recognition/inside.ts';
import { startRecognition } from './recognition/start-recognition.ts';
import { Seen } from './seen.ts';
import { openDatabase } from './storage/database.ts';
import { SettingsStore } from './storage/settings.ts';

/** How long "Learned here" stays; what was learned can be undone with the U key afterwards, too. */
const noticeMs = 8000;

export type Session = {
  readonly settings: SettingsStore;
  readonly camera: Camera;
  readonly viewfinder: Viewfinder;
  readonly seen: Seen;
  readonly corrections: Corrections;
  readonly questions: Questions;
  readonly outbox: IdbOutbox;
  readonly link: Link;
  readonly hub: HubListener;
  readonly models: ModelUpdater;
  readonly versions: VersionHistory;
  readonly appUpdate: AppUpdate;
  /** What the live model makes of the newest frame, layer by layer; null before the first. */
  readonly lookInside: () => Promise<Inside | null>;
};

export async function startSession(): Promise<Session> {
  const database = await openDatabase();
  // Another page deletes or changes the database: this one starts anew with what is there then.
  database.addEventListener('versionchange', () => {
    location.reload();
  });
  const { recognition, restarts } = startRecognition();
  const [settings, outbox] = await Promise.all([
    SettingsStore.open(database, languageFor(navigator.languages)),
    IdbOutbox.open(database),
  ]);
  const nowMs = (): number => Date.now();
  const query = new URLSearchParams(location.search);

  const camera = new Camera();
  const viewfinder = new Viewfinder();
  const seen = new Seen(nowMs);
  const hub = new HubListener();
  const link = startableLink(settings);
  const models = new ModelUpdater({
    recognition,
    settings,
    send: (message) => {
      link.send(message);
    },
    fetchModel,
  });
  const versions = new VersionHistory({
    send: (message) => {
      link.send(message);
    },
    isOpen: link.isOpen,
    settings,
    nowMs,
  });
  const pump = new FramePump({
    look: () => (viewfinder.held.peek() ? undefined : viewfinder.view()),
    recognise: (frame) => recognition.recognise(frame),
    onPrediction(prediction) {
      seen.add(prediction);
      corrections.see(prediction);
      if (corrections.state.peek().kind === 'watching') questions.see(prediction);
    },
  });
  const corrections = new Corrections({
    recognition,
    outbox,
    async freeze() {
      const view = viewfinder.hold();
      return view ? pump.recogniseOnce(view) : null;
    },
    resume: () => {
      viewfinder.release();
    },
    onLesson: () => {
      seen.restart();
    },
    nowMs,
  });
  const consented = consentOf(settings);
  const questions = new Questions({ recognition, outbox, allowed: () => consented.peek(), nowMs });

  new OutboxSender({ outbox, link, allowed: consented, after }).start();
  link.onMessage((message) => {
    receive(message, { models, versions, hub, settings });
  });
  models.state.subscribe(() => {
    seen.restart();
  });
  corrections.notice.subscribe((notice) => {
    if (!notice) return;
    setTimeout(() => {
      if (corrections.notice.peek() === notice) corrections.dismissNotice();
    }, noticeMs);
  });
  camera.state.subscribe((state) => {
    if (state.kind === 'on') viewfinder.lookAt(state.source);
    else if (state.kind !== 'hidden') viewfinder.lookAt(undefined);
    seen.clear();
  });
  // The switch in an address holds for this page only; the one in the settings stays.
  const useAdapted = (): void => {
    const on = query.get('adapted') !== 'off' && settings.state.peek().adapted;
    // A worker that is gone needs no telling: the next one is told.
    recognition.useAdapted(on).catch(() => undefined);
  };
  settings.state.subscribe(useAdapted);
  useAdapted();
  restarts.subscribe(() => {
    useAdapted();
    void models.startFromCache();
  });
  document.addEventListener('visibilitychange', () => {
    void camera.pageHidden(document.hidden);
    if (!document.hidden) link.retry();
  });
  window.addEventListener('online', () => {
    link.retry();
  });

  pump.start();
  // The link waits for the cache, so that `hello` can say what the device holds and the newest is not fetched twice.
  void models.startFromCache().then(() => {
    link.retry();
  });
  const appUpdate = new AppUpdate();
  appUpdate.start();
  const lookInside = (): Promise<Inside | null> => recognition.inside();
  return {
    settings,
    camera,
    viewfinder,
    seen,
    corrections,
    questions,
    outbox,
    link,
    hub,
    models,
    versions,
    appUpdate,
    lookInside,
  };
}

function startableLink(settings: SettingsStore): Link {
  let token = pairingTokenIn(location.hash);
  // The token works once and does not belong into a bookmark.
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  const address = new URL('/link', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const link = new Link({
    openSocket: () => new WebSocket(address),
    hello() {
      const { device, secret, models } = settings.state.peek();
      return {
        type: 'hello',
        version: protocolVersion,
        minimumVersion: minimumProtocolVersion,
        device,
        deviceName: deviceName(),
        room: homeRoom,
        credential: credentialFor(token, secret),
        holds: models.map(({ hash }) => hash),
      };
    },
    random: () => Math.random(),
    after,
  });
  link.onMessage(({ type }) => {
    if (type === 'welcome') token = undefined;
  });
  return link;
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => {
    clearTimeout(timer);
  };
}

function receive(
  message: DownMessage,
  {
    models,
    versions,
    hub,
    settings,
  }: { models: ModelUpdater; versions: VersionHistory; hub: HubListener; settings: SettingsStore },
): void {
  if (message.type === 'welcome' && message.secret !== null) void settings.write('secret', message.secret);
  models.receive(message);
  versions.receive(message);
  hub.receive(message);
}

function consentOf(settings: SettingsStore): Readable<boolean> {
  const consented = new Cell(settings.state.peek().consent === true);
  settings.state.subscribe(({ consent }) => {
    consented.set(consent === true);
  });
  return consented;
}

async function fetchModel(model: Parameters<typeof pathOf>[0]): Promise<Uint8Array> {
  const response = await fetch(pathOf(model));
  if (!response.ok) throw new Error(`The hub answered ${String(response.status)} for a model.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** What people call such a device; only to tell it from others. */
function deviceName(): string {
  const [, inBrackets = ''] = /\(([^;)]+)/.exec(navigator.userAgent) ?? [];
  return inBrackets.slice(0, 60) || 'Browser';
}
