/**
 * What a person tells the camera: freeze, say what it is, take it back.
 *
 *   watching ──freeze──▶ frozen ──say──▶ (burst ──eight or time──▶) watching
 *                          └──resume──▶ watching
 *
 * A question is answered at any time, beside all this. The order makes it safe: first into the outbox (durable), then learned.
 */
import pLimit from 'p-limit';
import type { BurstId, EventId, SampleId } from '../../protocol/ids.ts';
import { newBurstId, newEventId, newSampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { DoubtfulExample, Prediction } from '../recognition/api.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { ExampleRecord } from '../storage/database.ts';
import { isStorageFull } from '../storage/storage-full.ts';
import type { Dropped } from './burst-picker.ts';
import { BurstPicker } from './burst-picker.ts';
import type { PictureQuestion } from './questions.ts';

export type CaptureState =
  | { readonly kind: 'watching' }
  | { readonly kind: 'frozen'; readonly prediction: Prediction }
  | { readonly kind: 'burst'; readonly label: string | null; readonly kept: number; readonly dropped: Dropped };

/** Something that was learned and can be taken back. */
export type Lesson = {
  readonly label: string | null;
  readonly events: readonly { event: EventId; sample: SampleId }[];
  /** What was said of the sample before. */
  readonly former?: ExampleRecord;
  /** Of a burst: which of its frames were not kept. */
  readonly dropped?: Dropped;
};

/** What to tell the person now. */
export type Notice =
  /** `doubt`: other pictures say that it is something else. */
  | { readonly kind: 'learned'; readonly lesson: Lesson; readonly doubt: DoubtfulExample | null }
  /** `hasEarlier`: the lesson before it can be taken back, too. */
  | { readonly kind: 'undone'; readonly lesson: Lesson; readonly hasEarlier: boolean }
  | { readonly kind: 'full' }
  | { readonly kind: 'failed' };

export type CorrectionsParts = {
  readonly recognition: Pick<Recognition, 'capture' | 'study' | 'learn' | 'forget'>;
  readonly outbox: Outbox;
  /** Holds the picture and recognises exactly what is held; null when nothing can be recognised. */
  readonly freeze: () => Promise<Prediction | null>;
  readonly resume: () => void;
  /** Called when someone says what the camera sees; null is "none of these". */
  readonly onSaid: (label: string | null) => void;
  /** Called when what the camera says may change at once. */
  readonly onLesson: () => void;
  /** Gives what was learned and looks wrong; never rejects. */
  readonly review: () => Promise<readonly DoubtfulExample[]>;
  readonly nowMs: () => number;
};

type Burst = {
  readonly label: string | null;
  readonly id: BurstId;
  readonly picker: BurstPicker;
  /** What it has kept so far. */
  readonly events: Lesson['events'][number][];
};

/** Ten undos deep. */
const lessonsKept = 10;

export class Corrections {
  readonly #parts: CorrectionsParts;
  readonly #state = new Cell<CaptureState>({ kind: 'watching' });
  readonly #notice = new Cell<Notice | null>(null);
  #lessons: readonly Lesson[] = [];
  #burst: Burst | undefined;
  /** Frames are kept one after the other, so that a burst's last frame is not overtaken by its end. */
  readonly #turns = pLimit(1);

  constructor(parts: CorrectionsParts) {
    this.#parts = parts;
  }

  get state(): Readable<CaptureState> {
    return this.#state;
  }

  get notice(): Readable<Notice | null> {
    return this.#notice;
  }

  /** What was told last goes when the picture is frozen, not before: whatever waits for that to go does not come up in between. */
  async freeze(): Promise<void> {
    if (this.#state.peek().kind !== 'watching') return;
    const prediction = await this.#parts.freeze();
    if (prediction) {
      this.#state.set({ kind: 'frozen', prediction });
      this.dismissNotice();
      // While the person looks for the word; without it, the word takes a little longer.
      void this.#parts.recognition.study(prediction.frame).catch(() => undefined);
    } else this.#parts.resume();
  }

  /** Leaves the sheet without a word. */
  resume(): void {
    this.#burst = undefined;
    this.#parts.resume();
    this.#state.set({ kind: 'watching' });
  }

  dismissNotice(): void {
    this.#notice.set(null);
  }

  /** Says what the frozen frame shows; null is "none of these". With `burst`, the next frames show it, too. */
  say(label: string | null, burst: boolean): Promise<void> {
    const state = this.#state.peek();
    if (state.kind !== 'frozen') return Promise.resolve();
    const { frame } = state.prediction;
    const picker = new BurstPicker(this.#parts.nowMs());
    picker.offer(state.prediction, this.#parts.nowMs());
    const begun: Burst = { label, id: newBurstId(), picker, events: [] };
    this.#parts.onSaid(label);
    return this.#inTurn(async () => {
      await this.#keep(frame, begun);
      if (burst) {
        this.#burst = begun;
        this.#state.set({ kind: 'burst', label, kept: picker.kept, dropped: picker.dropped });
        this.#parts.resume();
      } else await this.#finish(begun);
    });
  }

  /** Says what the question's picture shows. Whether that was kept: else the notice says why not. */
  async answer({ sample, jpeg }: PictureQuestion, label: string | null): Promise<boolean> {
    let kept = false;
    await this.#inTurn(async () => {
      const event = this.#labelEvent(sample, label);
      await this.#take([event], { sample, event: event.id, label, jpeg });
      kept = true;
      await this.#remember({ label, events: [{ event: event.id, sample }] });
    });
    return kept;
  }

  /** Says, when asked again, that an example shows something else than what was said of it before. */
  relabel(former: ExampleRecord, label: string | null): Promise<void> {
    return this.#inTurn(async () => {
      const { sample, jpeg } = former;
      const event: LabelEvent = { ...this.#labelEvent(sample, label), kind: 'relabel' };
      const askedAgain = { changed: true, atMs: this.#parts.nowMs() };
      await this.#take([event], { sample, event: event.id, label, jpeg, askedAgain });
      await this.#parts.recognition.forget([former.event]);
      this.#parts.onLesson();
      await this.#remember({ label, events: [{ event: event.id, sample }], former });
    });
  }

  /** Every prediction of the live picture passes here; a burst picks its frames from them. */
  see(prediction: Prediction): void {
    const burst = this.#burst;
    if (!burst) return;
    const nowMs = this.#parts.nowMs();
    const wanted = burst.picker.offer(prediction, nowMs);
    const last = burst.picker.isDone(nowMs);
    if (last) this.#burst = undefined;
    if (wanted || last) void this.#inTurn(() => this.#continue(prediction.frame, burst, { wanted, last }));
  }

  /** Takes back the last lesson. */
  undo(): Promise<void> {
    return this.#inTurn(async () => {
      const lesson = this.#lessons.at(-1);
      if (!lesson) return;
      await this.#parts.outbox.add(
        lesson.events.map(({ event, sample }) => ({
          type: 'label-event',
          kind: 'undo',
          id: newEventId(),
          sample,
          undoes: event,
          atMs: this.#parts.nowMs(),
        })),
      );
      this.#lessons = this.#lessons.slice(0, -1);
      await this.#parts.recognition.forget(lesson.events.map(({ event }) => event));
      if (lesson.former) await this.#parts.recognition.learn([lesson.former]);
      this.#parts.onLesson();
      this.#notice.set({ kind: 'undone', lesson, hasEarlier: this.#lessons.length > 0 });
      await this.#parts.review();
    });
  }

  async #continue(frame: number, burst: Burst, { wanted, last }: { wanted: boolean; last: boolean }): Promise<void> {
    if (wanted) await this.#keep(frame, burst);
    if (last) await this.#finish(burst);
    else
      this.#state.set({ kind: 'burst', label: burst.label, kept: burst.events.length, dropped: burst.picker.dropped });
  }

  async #keep(frame: number, { label, id, events }: Burst): Promise<void> {
    const { jpeg, checksum, prediction } = await this.#parts.recognition.capture(frame);
    const sample: Sample = {
      type: 'sample',
      id: newSampleId(),
      capturedAtMs: this.#parts.nowMs(),
      burst: id,
      reason: 'corrected',
      prediction,
      jpeg,
      checksum,
    };
    const event = this.#labelEvent(sample.id, label);
    await this.#take([sample, event], { sample: sample.id, event: event.id, label, jpeg });
    events.push({ event: event.id, sample: sample.id });
  }

  /**
   * Where there is no room here for what was said, it is not sent either, unless it was on its way already: the person is told that
   * it was not kept. Where the worker has gone, it is: the hub learns it.
   */
  async #take(messages: readonly (Sample | LabelEvent)[], example: ExampleRecord): Promise<void> {
    const { outbox, recognition, onLesson } = this.#parts;
    await outbox.add(messages);
    try {
      await recognition.learn([example]);
    } catch (cause) {
      if (isStorageFull(cause)) await outbox.forget(messages.map(({ id }) => id));
      throw cause;
    }
    onLesson();
  }

  #labelEvent(sample: SampleId, label: string | null): Extract<LabelEvent, { kind: 'label' }> {
    return { type: 'label-event', kind: 'label', id: newEventId(), sample, label, atMs: this.#parts.nowMs() };
  }

  /** Its notice is there before the sheet goes: nothing else comes up in between. */
  async #finish({ label, events, picker }: Burst): Promise<void> {
    await this.#remember({ label, events, dropped: picker.dropped });
    this.resume();
  }

  async #remember(lesson: Lesson): Promise<void> {
    this.#lessons = [...this.#lessons, lesson].slice(-lessonsKept);
    const doubts = await this.#parts.review();
    const own = new Set(lesson.events.map(({ event }) => event));
    const doubt = doubts.find(({ example }) => own.has(example.event)) ?? null;
    this.#notice.set({ kind: 'learned', lesson, doubt });
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    return this.#turns(async () => {
      try {
        await step();
      } catch (cause) {
        this.resume();
        this.#notice.set({ kind: isStorageFull(cause) ? 'full' : 'failed' });
      }
    });
  }
}
