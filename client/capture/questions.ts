/**
 * What the device would like to know from a person: pictures whose answers would teach it most, few of them and none before its
 * owner has agreed; and labels of its own that look wrong. Pictures wait in the bank, so that they outlive the page; doubts follow
 * from what was learned.
 */
import { newBurstId, newSampleId } from '../../protocol/ids.ts';
import { wireReasons } from '../../protocol/learning/hardness/ask-reason.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Asked, DoubtfulExample, Prediction } from '../recognition/api.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { QuestionRecord } from '../storage/database.ts';
import type { QuestionBank } from './question-bank.ts';
import type { QuestionBudget } from './question-budget.ts';

export type PictureQuestion = QuestionRecord & { readonly kind: 'picture' };
export type DoubtQuestion = DoubtfulExample & { readonly kind: 'doubt' };
export type Question = PictureQuestion | DoubtQuestion;

export type QuestionsParts = {
  readonly recognition: Pick<Recognition, 'look' | 'ask' | 'answered' | 'doubts' | 'confirm'>;
  readonly bank: QuestionBank;
  readonly budget: QuestionBudget;
  readonly outbox: Outbox;
  readonly allowed: () => boolean;
  readonly nowMs: () => number;
};

/** While so many wait, no more are asked. */
export const mostWaiting = 12;
/** A frame a second is looked at. */
const lookEveryMs = 1000;
/** It looks around for so many frames before it asks: what comes first is seldom what teaches most. */
const looksBeforeAsking = 10;

export class Questions {
  readonly #parts: QuestionsParts;
  readonly #open = new Cell<readonly Question[]>([]);
  #pictures: readonly PictureQuestion[];
  #doubts: readonly DoubtQuestion[] = [];
  #lookedAtMs = -Infinity;
  #looks = 0;
  #busy = false;

  private constructor(parts: QuestionsParts, waiting: readonly QuestionRecord[]) {
    this.#parts = parts;
    this.#pictures = waiting.map(asQuestion);
    this.#publish();
  }

  /** With the pictures that wait since earlier. */
  static async open(parts: QuestionsParts): Promise<Questions> {
    return new Questions(parts, await parts.bank.all());
  }

  /** Doubts, the most doubtful first; then pictures, oldest first. */
  get open(): Readable<readonly Question[]> {
    return this.#open;
  }

  /** While no picture may be asked about: until when; Infinity if its owner wants none. Else null. */
  get pausedUntilMs(): Readable<number | null> {
    return this.#parts.budget.pausedUntilMs;
  }

  /** Every prediction of the live picture passes here; at most one is being looked at. */
  see({ frame }: Prediction): void {
    const nowMs = this.#parts.nowMs();
    // A clock that went back is no reason to wait.
    const tooSoon = nowMs >= this.#lookedAtMs && nowMs - this.#lookedAtMs < lookEveryMs;
    if (this.#busy || tooSoon || !this.#parts.allowed()) return;
    this.#lookedAtMs = nowMs;
    this.#busy = true;
    this.#look(frame)
      // A question that could not be kept is no loss: another frame is asked about.
      .catch(() => undefined)
      .finally(() => {
        this.#busy = false;
      });
  }

  /**
   * Looks through what was learned for labels that look wrong, and gives them. Never rejects. Questions whose answer was learned with
   * nearly the same picture are closed afterwards: nobody waits for that.
   */
  async review(): Promise<readonly DoubtfulExample[]> {
    // A worker that is gone doubts nothing; the next one is asked when its model is live.
    const doubts = await this.#parts.recognition.doubts().catch(() => []);
    this.#doubts = doubts.map((doubt) => ({ kind: 'doubt', ...doubt }));
    this.#publish();
    // What could not be closed is closed with the next lesson.
    this.#closeAnswered().catch(() => undefined);
    return doubts;
  }

  /** Takes a picture off the list for good: it was answered, or nobody wants to. */
  async close({ sample }: PictureQuestion): Promise<void> {
    await this.#parts.bank.remove(sample);
    this.#pictures = this.#pictures.filter((one) => one.sample !== sample);
    this.#publish();
  }

  /** The label was right: it is not doubted again. */
  async confirm({ example }: DoubtQuestion): Promise<void> {
    await this.#parts.recognition.confirm(example.event, this.#parts.nowMs());
    await this.review();
  }

  async #closeAnswered(): Promise<void> {
    if (this.#pictures.length === 0) return;
    const answered = new Set(await this.#parts.recognition.answered());
    for (const picture of this.#pictures) if (answered.has(picture.sample)) await this.close(picture);
  }

  async #look(frame: number): Promise<void> {
    const { recognition, budget } = this.#parts;
    await recognition.look(frame);
    this.#looks += 1;
    if (this.#looks < looksBeforeAsking || this.#pictures.length >= mostWaiting || !budget.allows()) return;
    this.#looks = 0;
    const asked = await recognition.ask();
    if (!asked) return;
    await budget.spend();
    await this.#keep(asked);
  }

  /** First the picture on its way to the hub, then the question: an answer never lacks its picture. */
  async #keep({ captured: { jpeg, checksum, prediction }, answers, reason }: Asked): Promise<void> {
    const { bank, outbox, nowMs } = this.#parts;
    const sample = newSampleId();
    await outbox.add([
      {
        type: 'sample',
        id: sample,
        capturedAtMs: nowMs(),
        burst: newBurstId(),
        reason: wireReasons[reason],
        prediction,
        jpeg,
        checksum,
      },
    ]);
    const question: QuestionRecord = { sample, reason, jpeg, answers };
    await bank.add(question);
    this.#pictures = [...this.#pictures, asQuestion(question)];
    this.#publish();
  }

  #publish(): void {
    this.#open.set([...this.#doubts, ...this.#pictures]);
  }
}

function asQuestion(record: QuestionRecord): PictureQuestion {
  return { kind: 'picture', ...record };
}
