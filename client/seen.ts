/** What the camera says, steadied for people: a few times a second, from all predictions. */
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';
import type { Prediction } from './recognition/api.ts';
import type { Shown } from './recognition/consensus.ts';
import { Consensus } from './recognition/consensus.ts';

/** How fast it goes: medians of the last frames. */
export type Pace = { readonly ms: number; readonly framesPerSecond: number };

const textMs = 200;
const paceFrames = 30;

export class Seen {
  readonly #consensus = new Consensus();
  readonly #shown = new Cell<Shown | null>(null);
  readonly #pace = new Cell<Pace | null>(null);
  readonly #nowMs: () => number;
  #times: readonly { readonly atMs: number; readonly ms: number }[] = [];
  #writtenAtMs = -Infinity;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Null before the first frame. */
  get shown(): Readable<Shown | null> {
    return this.#shown;
  }

  get pace(): Readable<Pace | null> {
    return this.#pace;
  }

  add(prediction: Prediction): void {
    const nowMs = this.#nowMs();
    const shown = this.#consensus.add(prediction, nowMs);
    this.#times = [...this.#times, { atMs: nowMs, ms: prediction.ms }].slice(-paceFrames);
    if (shown.label === this.#shown.peek()?.label && nowMs - this.#writtenAtMs < textMs) return;
    this.#writtenAtMs = nowMs;
    this.#shown.set(shown);
    this.#pace.set(paceOf(this.#times));
  }

  /** Another picture comes: nothing is known of it yet. */
  clear(): void {
    this.#consensus.restart();
    this.#shown.set(null);
    this.#times = [];
  }

  /** The next frame alone decides. */
  restart(): void {
    this.#consensus.restart();
  }
}

function paceOf(times: readonly { readonly atMs: number; readonly ms: number }[]): Pace {
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b);
  const spanMs = (times.at(-1)?.atMs ?? 0) - (times[0]?.atMs ?? 0);
  return {
    ms: sorted[sorted.length >> 1] ?? 0,
    framesPerSecond: spanMs > 0 ? ((times.length - 1) / spanMs) * 1000 : 0,
  };
}
