/**
 * What the camera said and nobody corrected: whoever reads a right name says nothing. Such pictures are learned, too, as
 * examples that weigh little. They stay on the device, and a correction that follows at once takes them back.
 */
import pLimit from 'p-limit';
import type { EventId } from '../../protocol/ids.ts';
import { newEventId, newSampleId } from '../../protocol/ids.ts';
import type { Prediction } from '../recognition/api.ts';
import type { Recognition } from '../recognition/start-recognition.ts';

export type UncorrectedParts = {
  readonly recognition: Pick<Recognition, 'capture' | 'learn' | 'forget'>;
  readonly allowed: () => boolean;
  readonly nowMs: () => number;
};

/** So long a name has to stand before it counts as read. */
export const readMs = 3000;
/** A correction within this time may mean what was read just before. */
export const retractMs = 20_000;
/** After a pause this long the name was not standing there all the time. */
const pauseMs = 1000;

type Standing = { readonly label: string | null; readonly sinceMs: number; readonly seenMs: number };
type Learned = { readonly event: EventId; readonly label: string; readonly atMs: number };

export class Uncorrected {
  readonly #parts: UncorrectedParts;
  #standing: Standing | undefined;
  #recent: readonly Learned[] = [];
  #busy = false;
  /** One after the other, so that a correction takes back what was still being learned. */
  readonly #turns = pLimit(1);

  constructor(parts: UncorrectedParts) {
    this.#parts = parts;
  }

  /** Every prediction of the live picture passes here, with the label that is shown, steadied over some frames; null: "I don't know it". */
  see({ frame, answers, known, isNews }: Prediction, shown: string | null): void {
    const nowMs = this.#parts.nowMs();
    const before = this.#standing;
    const goesOn = before?.label === shown && nowMs >= before.seenMs && nowMs - before.seenMs < pauseMs;
    const sinceMs = goesOn ? before.sinceMs : nowMs;
    this.#standing = { label: shown, sinceMs, seenMs: nowMs };
    const isRead = nowMs - sinceMs >= readMs && known && answers[0]?.key === shown;
    if (shown === null || !isRead || !isNews || this.#busy || !this.#parts.allowed()) return;
    this.#busy = true;
    void this.#inTurn(() => this.#learn(frame, shown)).finally(() => {
      this.#busy = false;
    });
  }

  /** Someone said what the camera sees: what was learned just now under other names was wrong. */
  corrected(label: string | null): Promise<void> {
    this.#standing = undefined;
    return this.#inTurn(async () => {
      const sinceMs = this.#parts.nowMs() - retractMs;
      const wrong = this.#recent.filter((one) => one.label !== label && one.atMs > sinceMs);
      this.#recent = [];
      if (wrong.length > 0) await this.#parts.recognition.forget(wrong.map(({ event }) => event));
    });
  }

  async #learn(frame: number, label: string): Promise<void> {
    const { recognition, nowMs } = this.#parts;
    const { jpeg } = await recognition.capture(frame);
    const event = newEventId();
    await recognition.learn([{ sample: newSampleId(), event, label, unsaid: true, jpeg }]);
    const atMs = nowMs();
    this.#recent = [...this.#recent.filter((one) => one.atMs > atMs - retractMs), { event, label, atMs }];
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    // One that could not be learned or taken back is a small loss: another frame comes.
    return this.#turns(step).catch(() => undefined);
  }
}
