/** The wish that the hub delete all that this device gave, and what became of it. */
import type { DownMessage } from '../../protocol/down.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';

export type ErasureState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'done'; readonly pictures: number; readonly labels: number };

export type HubErasureParts = {
  readonly send: (message: UpMessage) => void;
  readonly isOpen: Readable<boolean>;
  /** From now on nothing is sent to the hub; resolves when that is so. */
  readonly withdrawConsent: () => Promise<void>;
};

export class HubErasure {
  readonly #parts: HubErasureParts;
  readonly #state = new Cell<ErasureState>({ kind: 'none' });

  constructor(parts: HubErasureParts) {
    this.#parts = parts;
    parts.isOpen.subscribe((open) => {
      // Whether the hub heard it, the list of devices tells.
      if (!open && this.#state.peek().kind === 'asked') this.#state.set({ kind: 'none' });
    });
  }

  get state(): Readable<ErasureState> {
    return this.#state;
  }

  /** What waits on the device is not sent afterwards either, until its owner agrees again. */
  async ask(): Promise<void> {
    if (!this.#parts.isOpen.peek()) return;
    this.#state.set({ kind: 'asked' });
    await this.#parts.withdrawConsent();
    this.#parts.send({ type: 'erase' });
  }

  receive(message: DownMessage): void {
    if (message.type === 'erased')
      this.#state.set({ kind: 'done', pictures: message.pictures, labels: message.labels });
  }
}
