/** Frames that the device would like to know about: hard ones, few of them, and none before its owner has agreed. */
import type { SampleId } from '../../protocol/ids.ts';
import { newBurstId, newSampleId } from '../../protocol/ids.ts';
import type { HardnessReason } from '../../protocol/learning/hardness/hardness.ts';
import { hardnessOf } from '../../protocol/learning/hardness/hardness.ts';
import type { BucketRule, TokenBucket } from '../../protocol/learning/hardness/token-bucket.ts';
import { fullBucket, takeToken } from '../../protocol/learning/hardness/token-bucket.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Answer, Prediction } from '../recognition/api.ts';
import type { Recognition } from '../recognition/start-recognition.ts';

export type Question = {
  readonly sample: SampleId;
  readonly reason: HardnessReason;
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly answers: readonly Answer[];
};

export type QuestionsParts = {
  readonly recognition: Pick<Recognition, 'capture' | 'remember'>;
  readonly outbox: Outbox;
  readonly allowed: () => boolean;
  readonly nowMs: () => number;
};

/** Two at once, then one every ten minutes. */
export const questionBudget: BucketRule = { capacity: 2, refillMs: 10 * 60_000 };
const questionsKept = 12;
const labelsRemembered = 20;

export class Questions {
  readonly #parts: QuestionsParts;
  readonly #open = new Cell<readonly Question[]>([]);
  #bucket: TokenBucket;
  #recent: readonly string[] = [];
  #busy = false;

  constructor(parts: QuestionsParts) {
    this.#parts = parts;
    this.#bucket = fullBucket(questionBudget, parts.nowMs());
  }

  /** Oldest first. */
  get open(): Readable<readonly Question[]> {
    return this.#open;
  }

  /** Judges a frame of the live picture; at most one is being kept at a time. */
  see(prediction: Prediction): void {
    this.#recent = [...this.#recent, prediction.answers[0]?.key ?? ''].slice(-labelsRemembered);
    const reason = hardnessOf({
      probabilities: prediction.answers.map(({ probability }) => probability),
      known: prediction.known,
      nearest: prediction.nearest,
      recent: this.#recent,
    });
    if (!reason || this.#busy || !this.#parts.allowed()) return;
    const bucket = takeToken(this.#bucket, questionBudget, this.#parts.nowMs());
    if (!bucket) return;
    this.#bucket = bucket;
    this.#busy = true;
    this.#keep(prediction, reason)
      // A question that could not be kept is no loss: the next hard frame asks again.
      .catch(() => undefined)
      .finally(() => {
        this.#busy = false;
      });
  }

  /** Takes a question off the list: it was answered, or nobody wants to. */
  close(question: Question): void {
    this.#open.set(this.#open.peek().filter((one) => one !== question));
  }

  async #keep({ frame, answers }: Prediction, reason: HardnessReason): Promise<void> {
    const { recognition, outbox, nowMs } = this.#parts;
    await recognition.remember(frame);
    const { jpeg, checksum, prediction } = await recognition.capture(frame);
    const sample = newSampleId();
    await outbox.add([
      {
        type: 'sample',
        id: sample,
        capturedAtMs: nowMs(),
        burst: newBurstId(),
        reason,
        prediction,
        jpeg,
        checksum,
      },
    ]);
    this.#open.set([...this.#open.peek(), { sample, reason, jpeg, answers }].slice(-questionsKept));
  }
}
