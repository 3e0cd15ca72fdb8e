/** The composition root: makes the parts of the app and joins them. The parts know nothing of each other. */
import type { UpMessage } from '../protocol/up.ts';
import { AppUpdate } from './app-update.ts';
import { Camera } from './camera/camera.ts';
import { FramePump } from './camera/frame-pump.ts';
import { Viewfinder } from './camera/viewfinder.ts';
import { WakeLock } from './camera/wake-lock.ts';
import { Corrections } from './capture/corrections.ts';
import { IdbQuestionBank } from './capture/question-bank.ts';
import { QuestionBudget } from './capture/question-budget.ts';
import { Questions } from './capture/questions.ts';
import { Uncorrected } from './capture/uncorrected.ts';
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';
import type { Locale } from './contexts.ts';
import { HubListener } from './hub-news.ts';
import { localeOf } from './i18n/locale.ts';
import { languageFor } from './i18n/messages.ts';
import { InstallOffer } from './install-offer.ts';
import { ownLabelsOf } from './labels/own-labels.ts';
import { HubErasure } from './link/hub-erasure.ts';
import { Invitation } from './link/invitation.ts';
import type { Link } from './link/link.ts';
import { linkToHub } from './link/link-to-hub.ts';
import { RoomDevices } from './link/room-devices.ts';
import { liveOrLate } from './model/live-or-late.ts';
import { ModelUpdater } from './model/model-updater.ts';
import { VersionHistory } from './model/version-history.ts';
import { IdbOutbox } from './outbox/idb-outbox.ts';
import { OutboxSender } from './outbox/outbox-sender.ts';
import { PictureEdits } from './pictures/picture-edits.ts';
import { Pictures } from './pictures/pictures.ts';
import type { Inside } from './recognition/inside.ts';
import { startRecognition } from './recognition/start-recognition.ts';
import { Seen } from './seen.ts';
import { openDatabase } from './storage/database.ts';
import { otherTabs } from './storage/other-tabs.ts';
import { SettingsStore } from './storage/settings.ts';

/** How long "Learned here" stays; what was learned can be undone with the U key afterwards, too. */
const noticeMs = 8000;
const learnedBuzzMs = 30;

export type Session = {
  readonly settings: SettingsStore;
  /** The words, in the language of the settings. */
  readonly locale: Readable<Locale>;
  readonly camera: Camera;
  readonly viewfinder: Viewfinder;
  readonly seen: Seen;
  readonly corrections: Corrections;
  readonly questions: Questions;
  readonly outbox: IdbOutbox;
  readonly link: Link;
  readonly hub: HubListener;
  readonly devices: RoomDevices;
  readonly invitation: Invitation;
  readonly erasure: HubErasure;
  readonly models: ModelUpdater;
  readonly versions: VersionHistory;
  readonly pictures: Pictures;
  readonly pictureEdits: PictureEdits;
  readonly appUpdate: AppUpdate;
  readonly installOffer: InstallOffer;
  /** What the live model makes of the newest frame, layer by layer; null before the first. */
  readonly lookInside: () => Promise<Inside | null>;
};

/** Recognition starts when `shown` resolves. */
export async function startSession(shown: Promise<unknown>): Promise<Session> {
  const database = await openDatabase();
  // Another page deletes or changes the database: this one starts anew with what is there then.
  database.addEventListener('versionchange', () => {
    location.reload();
  });
  const { recognition, restarts } = startRecognition(shown);
  const [settings, outbox] = await Promise.all([
    SettingsStore.open(database, languageFor(navigator.languages), otherTabs('occhio-settings')),
    IdbOutbox.open(database),
  ]);
  const nowMs = (): number => Date.now();
  const consented = consentOf(settings);
  const [locale, questions] = await Promise.all([
    localeOf(settings.state),
    Questions.open({
      recognition,
      bank: new IdbQuestionBank(database),
      budget: new QuestionBudget({ settings, nowMs, after }),
      outbox,
      allowed: () => consented.peek() && settings.state.peek().asking !== 'never',
      nowMs,
    }),
  ]);
  const installOffer = new InstallOffer(settings);
  const query = new URLSearchParams(location.search);

  const camera = new Camera();
  const wakeLock = new WakeLock();
  const viewfinder = new Viewfinder();
  const seen = new Seen(nowMs);
  const hub = new HubListener();
  const link = linkToHub(settings, after);
  const toHub = {
    send: (message: UpMessage): void => {
      link.send(message);
    },
    isOpen: link.isOpen,
  };
  const models = new ModelUpdater({ recognition, settings, send: toHub.send });
  const versions = new VersionHistory({ ...toHub, settings, nowMs });
  const devices = new RoomDevices(toHub);
  const invitation = new Invitation({ ...toHub, origin: location.origin, nowMs, after });
  const erasure = new HubErasure({ ...toHub, withdrawConsent: () => settings.write('consent', false) });
  /** What was shown, and what was asked about, may be answered otherwise now. */
  const onLesson = (): void => {
    seen.restart();
    void questions.review();
  };
  const pictures = new Pictures({
    database,
    device: settings.state.peek().device,
    link,
    outboxCounts: outbox.counts,
    recognition,
    onLesson,
    erasing: () => erasure.state.peek().kind !== 'none',
  });
  const pictureEdits = new PictureEdits({
    database,
    outbox,
    pictures,
    recognition,
    onLesson,
    onEdited: (samples) => {
      for (const question of questions.open.peek())
        if (question.kind === 'picture' && samples.has(question.sample)) void questions.close(question);
    },
    after,
    nowMs,
  });
  const uncorrected = new Uncorrected({
    recognition,
    allowed: () => settings.state.peek().learnUncorrected,
    nowMs,
  });
  const pump = new FramePump({
    look: () => (viewfinder.held.peek() ? undefined : viewfinder.view()),
    recognise: (frame) => recognition.recognise(frame),
    onPrediction(prediction) {
      seen.add(prediction);
      corrections.see(prediction);
      if (corrections.state.peek().kind !== 'watching') return;
      questions.see(prediction);
      uncorrected.see(prediction, seen.shown.peek()?.label ?? null);
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
    onSaid: (label) => {
      void uncorrected.corrected(label);
    },
    onLesson: () => {
      seen.restart();
    },
    review: () => questions.review(),
    nowMs,
  });

  new OutboxSender({ outbox, link, allowed: consented, after }).start();
  link.onMessage((message) => {
    if (message.type === 'welcome' && message.secret !== null) void settings.write('secret', message.secret);
    for (const listener of [models, versions, pictures, devices, invitation, erasure, hub]) listener.receive(message);
  });
  models.state.subscribe(onLesson);
  corrections.notice.subscribe((notice) => {
    if (!notice) return;
    if (notice.kind === 'learned') {
      installOffer.succeeded();
      // Felt where the device can; the notice says the same.
      if ('vibrate' in navigator) navigator.vibrate(learnedBuzzMs);
    }
    setTimeout(() => {
      if (corrections.notice.peek() === notice) corrections.dismissNotice();
    }, noticeMs);
  });
  camera.state.subscribe((state) => {
    if (state.kind === 'on') viewfinder.lookAt(state.source);
    else if (state.kind !== 'hidden') viewfinder.lookAt(undefined);
    seen.clear();
    void wakeLock.hold(state.kind === 'on' && state.source.moving);
  });
  // The switch in an address holds for this page only; the one in the settings stays.
  const useAdapted = (): void => {
    const on = query.get('adapted') !== 'off' && settings.state.peek().adapted;
    // A worker that is gone needs no telling: the next one is told.
    recognition.useAdapted(on).catch(() => undefined);
  };
  const useLabels = (): void => {
    recognition.useLabels(settings.state.peek().labelSet, ownLabelsOf(hub.news.peek().room)).catch(() => undefined);
  };
  const useSettings = (): void => {
    useAdapted();
    useLabels();
  };
  settings.state.subscribe(useSettings);
  hub.news.subscribe(useLabels);
  useSettings();
  restarts.subscribe(() => {
    useSettings();
    void models.startFromCache();
  });
  document.addEventListener('visibilitychange', () => {
    void camera.pageHidden(document.hidden);
    if (document.hidden) void pictureEdits.conclude();
    else link.retry();
  });
  window.addEventListener('online', () => {
    link.retry();
  });

  pump.start();
  // The link waits for the cache, so that `hello` can say what the device holds and the newest is not fetched twice.
  void models.startFromCache().then(() => {
    link.retry();
  });
  const appUpdate = new AppUpdate(capturingOf(corrections, viewfinder));
  // Files for flight mode take the network and the processor from the first answer.
  void liveOrLate(models.state, after).then(() => {
    appUpdate.start();
  });
  installOffer.start();
  const lookInside = (): Promise<Inside | null> => recognition.inside();
  return {
    settings,
    locale,
    camera,
    viewfinder,
    seen,
    corrections,
    questions,
    outbox,
    link,
    hub,
    devices,
    invitation,
    erasure,
    models,
    versions,
    pictures,
    pictureEdits,
    appUpdate,
    installOffer,
    lookInside,
  };
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => {
    clearTimeout(timer);
  };
}

/** From the tap that freezes the picture until all of what was said of it is kept. */
function capturingOf(corrections: Corrections, viewfinder: Viewfinder): Readable<boolean> {
  const now = (): boolean => corrections.state.peek().kind !== 'watching' || viewfinder.held.peek() !== null;
  const capturing = new Cell(now());
  const review = (): void => {
    capturing.set(now());
  };
  corrections.state.subscribe(review);
  viewfinder.held.subscribe(review);
  return capturing;
}

function consentOf(settings: SettingsStore): Readable<boolean> {
  const consented = new Cell(settings.state.peek().consent === true);
  settings.state.subscribe(({ consent }) => {
    consented.set(consent === true);
  });
  return consented;
}
