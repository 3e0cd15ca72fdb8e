/**
 * Brings the room's current version to the camera: from the cache at start, from the hub when it offers a new one (as a
 * delta where the parent is kept, whole otherwise). The previous version is kept, too.
 */
import pLimit from 'p-limit';
import type { ModelHash } from '../../protocol/ids.ts';
import type { DownMessage } from '../../protocol/down.ts';
import type { Label } from '../../protocol/learning/labels.ts';
import type { ModelDelta } from '../../protocol/messages/model-delta.ts';
import type { ModelOffer } from '../../protocol/messages/model-offer.ts';
import type { ModelStatus } from '../../protocol/messages/model-status.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Measured } from '../recognition/api.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { BackendChoice, HeldModel, SettingsStore } from '../storage/settings.ts';

export type LiveState =
  /** No model yet: the app needs its hub once. */
  | { readonly kind: 'none' }
  /** The first that this page shows is on its way, from the hub or from the cache. */
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'live';
      readonly held: HeldModel;
      readonly labels: readonly Label[];
      readonly choice: BackendChoice;
      readonly detail: string;
      readonly measured: readonly Measured[];
    }
  /** There is no model that this device can use. */
  | { readonly kind: 'rejected'; readonly why: string };

/** A new version that failed its self-test here, and the one that stays in its place. */
export type FailedHere = { readonly kind: 'failed-here'; readonly version: number; readonly stays: number };

export type UpdaterParts = {
  readonly recognition: Pick<Recognition, 'fetch' | 'patch' | 'show' | 'keepOnly'>;
  readonly settings: SettingsStore;
  readonly send: (message: UpMessage) => void;
};

export class ModelUpdater {
  readonly #parts: UpdaterParts;
  readonly #state = new Cell<LiveState>({ kind: 'none' });
  readonly #failedHere = new Cell<FailedHere | null>(null);
  /** Offered again, it is not told again. */
  #failed: ModelHash | undefined;
  #offer: ModelOffer | undefined;
  readonly #turns = pLimit(1);

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
  }

  get state(): Readable<LiveState> {
    return this.#state;
  }

  /** Told once; null when there is nothing to tell. */
  get failedHere(): Readable<FailedHere | null> {
    return this.#failedHere;
  }

  dismissFailed(): void {
    this.#failedHere.set(null);
  }

  /** Shows the newest kept version that still works; none does when the first was on its way as the worker went. */
  startFromCache(): Promise<void> {
    return this.#inTurn(async () => {
      const { models } = this.#parts.settings.state.peek();
      if (models.length > 0 && this.#state.peek().kind === 'none') this.#state.set({ kind: 'loading' });
      for (const held of models) if (await this.#show(held)) return;
      if (this.#offer) await this.#take(this.#offer);
    });
  }

  receive(message: DownMessage): void {
    if (message.type === 'model-offer') {
      this.#offer = message;
      void this.#inTurn(() => this.#take(message));
    } else if (message.type === 'model-delta') void this.#inTurn(() => this.#applyDelta(message));
    else if (message.type === 'refusal' && message.of.kind === 'model') {
      const offer = this.#offer;
      if (offer?.model === message.of.id) void this.#inTurn(() => this.#fetchWhole(offer));
    }
  }

  async #take(offer: ModelOffer): Promise<void> {
    const { models } = this.#parts.settings.state.peek();
    if (this.#isLive(offer.model)) this.#report(offer.model, { kind: 'live' });
    else if (models.some(({ hash }) => hash === offer.model)) await this.#goLive(offer);
    else if (offer.delta && models.some(({ hash }) => hash === offer.delta?.parent))
      this.#parts.send({ type: 'model-request', model: offer.model, parent: offer.delta.parent });
    else await this.#fetchWhole(offer);
  }

  async #applyDelta({ model, parent, delta }: ModelDelta): Promise<void> {
    const offer = this.#offer;
    // A newer offer has come meanwhile: this one's answer is of no use any more.
    if (offer?.model !== model) return;
    const received = await this.#parts.recognition.patch(model, parent, delta);
    if (received.kind === 'kept') await this.#goLive(offer);
    else await this.#fetchWhole(offer);
  }

  async #fetchWhole(offer: ModelOffer): Promise<void> {
    if (this.#state.peek().kind !== 'live') this.#state.set({ kind: 'loading' });
    const received = await this.#parts.recognition.fetch(offer.model);
    if (received.kind === 'kept') await this.#goLive(offer);
    else {
      this.#report(offer.model, received);
      if (this.#state.peek().kind === 'loading') this.#state.set({ kind: 'none' });
    }
  }

  async #goLive({ model, version }: ModelOffer): Promise<void> {
    if (this.#offer?.model !== model) return;
    const { settings, recognition } = this.#parts;
    if (!(await this.#show({ hash: model, version }))) return;
    const [previous] = settings.state.peek().models.filter(({ hash }) => hash !== model);
    const models = [{ hash: model, version }, ...(previous ? [previous] : [])];
    await settings.write('models', models);
    await recognition.keepOnly(models.map(({ hash }) => hash));
    this.#report(model, { kind: 'live' });
  }

  /** Whether it is live now; else the device stays with what it had, and the hub and its owner are told. */
  async #show(held: HeldModel): Promise<boolean> {
    const { recognition, settings } = this.#parts;
    const shown = await recognition.show(held.hash, settings.state.peek().backend);
    if (shown.kind === 'rejected') {
      this.#report(held.hash, shown);
      const before = this.#state.peek();
      if (before.kind !== 'live') this.#state.set(shown);
      else if (held.hash !== this.#failed) {
        this.#failed = held.hash;
        this.#failedHere.set({ kind: 'failed-here', version: held.version, stays: before.held.version });
      }
      return false;
    }
    this.#failedHere.set(null);
    const { labels, choice, detail, measured } = shown;
    this.#state.set({ kind: 'live', held, labels, choice, detail, measured });
    await settings.write('backend', choice);
    return true;
  }

  #isLive(model: ModelHash): boolean {
    const state = this.#state.peek();
    return state.kind === 'live' && state.held.hash === model;
  }

  #report(model: ModelHash, status: ModelStatus['status']): void {
    this.#parts.send({ type: 'model-status', model, status });
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    // What failed (the cache, the database) is tried again with the next offer or start.
    return this.#turns(step).catch(() => undefined);
  }
}
