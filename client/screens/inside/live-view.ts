/** The newest look inside the network: asks again and again while it is started, never twice at a time. */
import type { Readable } from '../../cell.ts';
import { Cell } from '../../cell.ts';
import type { Inside } from '../../recognition/inside.ts';

export type LiveViewParts = {
  readonly look: () => Promise<Inside | null>;
  /** Calls back after a while unless the returned function is called. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
};

/** Between an answer and the next question: a few pictures a second, and most of the worker's time left to recognise. */
const pauseMs = 200;

export class LiveView {
  readonly #parts: LiveViewParts;
  readonly #newest = new Cell<Inside | null>(null);
  readonly #held = new Cell(false);
  #stop: (() => void) | undefined;

  constructor(parts: LiveViewParts) {
    this.#parts = parts;
  }

  /** Null until the first frame. */
  get newest(): Readable<Inside | null> {
    return this.#newest;
  }

  /** Whether the newest stays as it is. */
  get held(): Readable<boolean> {
    return this.#held;
  }

  hold(held: boolean): void {
    this.#held.set(held);
  }

  start(): void {
    this.stop();
    let stopped = false;
    let cancel = (): void => undefined;
    const ask = async (): Promise<void> => {
      const inside = this.#held.peek() ? null : await this.#parts.look().catch(() => null); // the next look may succeed
      if (stopped) return;
      if (inside && !this.#held.peek()) this.#newest.set(inside);
      cancel = this.#parts.after(pauseMs, () => void ask());
    };
    this.#stop = () => {
      stopped = true;
      cancel();
    };
    void ask();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
