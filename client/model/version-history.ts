/**
 * The room's versions, kept for when the hub is out of reach, and the way back to an earlier one. The hub is asked whenever
 * it has come back or something has changed, looked at or not: without it there is nobody to ask any more.
 */
import * as v from 'valibot';
import type { DownMessage } from '../../protocol/down.ts';
import type { History } from '../../protocol/messages/history.ts';
import { historySchema } from '../../protocol/messages/history.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { KeptHistory, SettingsStore } from '../storage/settings.ts';

/** What became of someone's wish for a version; null is the newest one. */
export type Wish =
  | { readonly kind: 'none' }
  | { readonly kind: 'asked'; readonly version: number | null }
  | { readonly kind: 'refused'; readonly version: number | null };

export type HistoryParts = {
  readonly send: (message: UpMessage) => void;
  readonly isOpen: Readable<boolean>;
  readonly settings: SettingsStore;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
};

export class VersionHistory {
  readonly #parts: HistoryParts;
  readonly #known: Cell<KeptHistory | null>;
  readonly #wish = new Cell<Wish>({ kind: 'none' });
  /** Whether the hub has been asked and has not answered, and whether something has changed since. */
  #asked: 'no' | 'once' | 'again' = 'no';

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    this.#known = new Cell(readable(parts.settings.state.peek().history));
    parts.isOpen.subscribe((open) => {
      this.#asked = 'no';
      // Whether the hub heard a wish that it has not answered, its history tells.
      if (open) this.ask();
      else this.#wish.set({ kind: 'none' });
    });
  }

  /** Null before the hub has told anything. */
  get known(): Readable<KeptHistory | null> {
    return this.#known;
  }

  get wish(): Readable<Wish> {
    return this.#wish;
  }

  /** Asks the hub now, as when someone looks. */
  ask(): void {
    if (!this.#parts.isOpen.peek()) return;
    const waits = this.#asked !== 'no';
    this.#asked = waits ? 'again' : 'once';
    if (!waits) this.#parts.send({ type: 'history-request' });
  }

  /** Asks the hub to make this version current and to stay with it; null: to go on with the newest. */
  pin(version: number | null): void {
    if (!this.#parts.isOpen.peek()) return;
    this.#wish.set({ kind: 'asked', version });
    this.#parts.send({ type: 'pin', version });
  }

  receive(message: DownMessage): void {
    if (message.type === 'history') this.#keep(message);
    else if (message.type === 'refusal' && message.of.kind === 'pin')
      this.#wish.set({ kind: 'refused', version: message.of.version });
    else if (message.type === 'report' || message.type === 'model-offer') this.ask();
  }

  #keep(history: History): void {
    const again = this.#asked === 'again';
    this.#asked = 'no';
    if (again) this.ask();
    const kept = { history, toldAtMs: this.#parts.nowMs() };
    this.#known.set(kept);
    // Where the device is full, it is known until the app is closed.
    this.#parts.settings.write('history', kept).catch(() => undefined);
    const wish = this.#wish.peek();
    const { version, pinned } = history.current;
    if (wish.kind === 'asked' && (wish.version === null ? !pinned : pinned && version === wish.version))
      this.#wish.set({ kind: 'none' });
  }
}

/** What an earlier app kept may have had another form: then the hub is asked anew. */
function readable(kept: KeptHistory | null): KeptHistory | null {
  return kept && v.is(historySchema, kept.history) ? kept : null;
}
