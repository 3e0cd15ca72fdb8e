/** Single pictures from the hub, few at a time; whoever asks for the same one shares the answer. */
import type { DownMessage } from '../../protocol/down.ts';
import type { SampleId } from '../../protocol/ids.ts';
import type { UpMessage } from '../../protocol/up.ts';

/** Requests that the hub has not answered yet: corrections go by the same link. */
const mostAtOnce = 6;

type Wanted = { readonly done: Promise<Uint8Array | null>; readonly settle: (jpeg: Uint8Array | null) => void };

export class PictureFetcher {
  readonly #send: (message: UpMessage) => void;
  readonly #wanted = new Map<SampleId, Wanted>();
  /** Of the wanted ones, those that were asked for. */
  readonly #asked = new Set<SampleId>();

  constructor(send: (message: UpMessage) => void) {
    this.#send = send;
  }

  /** Null when the hub has no such picture, or the link ends before it has answered. */
  fetch(sample: SampleId): Promise<Uint8Array | null> {
    const known = this.#wanted.get(sample);
    if (known) return known.done;
    let settle!: Wanted['settle']; // set before the constructor returns
    const done = new Promise<Uint8Array | null>((resolve) => (settle = resolve));
    this.#wanted.set(sample, { done, settle });
    this.#ask();
    return done;
  }

  receive(message: DownMessage): void {
    if (message.type !== 'picture') return;
    this.#settle(message.sample, message.jpeg);
    this.#ask();
  }

  /** The link has ended: nothing that was asked for comes any more. */
  giveUp(): void {
    for (const sample of [...this.#wanted.keys()]) this.#settle(sample, null);
  }

  #settle(sample: SampleId, jpeg: Uint8Array | null): void {
    this.#wanted.get(sample)?.settle(jpeg);
    this.#wanted.delete(sample);
    this.#asked.delete(sample);
  }

  #ask(): void {
    for (const sample of this.#wanted.keys()) {
      if (this.#asked.size >= mostAtOnce) return;
      if (this.#asked.has(sample)) continue;
      this.#asked.add(sample);
      this.#send({ type: 'picture-request', sample });
    }
  }
}
