/** Empties the outbox over the link: in order, a window at a time, again from the start after every reconnection. */
import pLimit from 'p-limit';
import type { EventId, SampleId } from '../../protocol/ids.ts';
import { maxInFlight } from '../../protocol/limits.ts';
import type { DownMessage } from '../../protocol/down.ts';
import { passingRefusals } from '../../protocol/messages/refusal.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import type { Outbox } from './outbox.ts';

/** The part of the link that the sender needs. */
export interface SenderLink {
  readonly isOpen: Readable<boolean>;
  send(message: UpMessage): void;
  onMessage(listener: (message: DownMessage) => void): () => void;
}

/** How long a hub that has no room just now is left alone. */
const pauseMs = 60_000;

export type SenderParts = {
  readonly outbox: Outbox;
  readonly link: SenderLink;
  /** Nothing is sent while this is false. */
  readonly allowed: Readable<boolean>;
  /** Calls back after so many milliseconds; returns the function that prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
};

export class OutboxSender {
  readonly #parts: SenderParts;
  readonly #inFlight = new Set<SampleId | EventId>();
  #sentUpTo = 0;
  /** Counts connections, so that what was read for one is not sent over the next. */
  #connection = 0;
  /** The connection that `#inFlight` and `#sentUpTo` are about. */
  #begun = 0;
  /** Ends the pause that the hub asked for; undefined when there is none. */
  #cancelPause: (() => void) | undefined;
  /** Database work, one after the other, so that what was deleted is never read again. */
  readonly #turns = pLimit(1);

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Returns the function that stops it. */
  start(): () => void {
    const { outbox, link, allowed } = this.#parts;
    const stops = [
      link.isOpen.subscribe(() => {
        this.#connection++;
        this.#then(() => this.#fill());
      }),
      link.onMessage((message) => {
        const connection = this.#connection;
        this.#then(() => this.#settle(message, connection));
      }),
      outbox.counts.subscribe(() => {
        this.#then(() => this.#fill());
      }),
      allowed.subscribe(() => {
        this.#then(() => this.#fill());
      }),
    ];
    this.#then(() => this.#fill());
    return () => {
      for (const stop of stops) stop();
      this.#cancelPause?.();
    };
  }

  async #fill(): Promise<void> {
    const { outbox, link, allowed } = this.#parts;
    const connection = this.#connection;
    if (this.#begun !== connection) {
      this.#begun = connection;
      this.#inFlight.clear();
      this.#sentUpTo = 0;
    }
    const room = maxInFlight - this.#inFlight.size;
    if (room <= 0 || this.#cancelPause || !link.isOpen.peek() || !allowed.peek()) return;
    const records = await outbox.after(this.#sentUpTo, room);
    for (const { id, message, order } of records) {
      if (connection !== this.#connection) return;
      this.#inFlight.add(id);
      this.#sentUpTo = order;
      link.send(message);
    }
  }

  async #settle(message: DownMessage, connection: number): Promise<void> {
    const { outbox } = this.#parts;
    if (message.type === 'ack') {
      const ids = [...message.samples, ...message.events];
      await outbox.forget(ids);
      this.#landed(ids, connection);
    } else if (message.type === 'refusal' && (message.of.kind === 'sample' || message.of.kind === 'label-event')) {
      if (passingRefusals.includes(message.code)) {
        this.#pause();
        return;
      }
      await outbox.refused(message.of.id, message);
      this.#landed([message.of.id], connection);
    } else return;
    await this.#fill();
  }

  /** Everything stays in the outbox, and is sent again from the start when the pause is over. */
  #pause(): void {
    this.#cancelPause ??= this.#parts.after(pauseMs, () => {
      this.#cancelPause = undefined;
      this.#begun = -1;
      this.#then(() => this.#fill());
    });
  }

  /** An answer over an earlier connection says nothing about what was sent again over this one. */
  #landed(ids: readonly (SampleId | EventId)[], connection: number): void {
    if (connection === this.#begun) for (const id of ids) this.#inFlight.delete(id);
  }

  #then(step: () => Promise<void>): void {
    // A failed step (a full or broken database) leaves everything in place; the next change tries again.
    this.#turns(step).catch(() => undefined);
  }
}
