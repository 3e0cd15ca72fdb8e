/**
 * What a person does to pictures that were kept: says what they show, deletes them, takes that back.
 *
 * Said: first into the outbox (durable), then learned where the picture is here. Deleted: hidden at once, and deleted for good
 * when nobody can take it back any more, because nothing brings back what the hub has erased.
 */
import pLimit from 'p-limit';
import type { EventId, SampleId } from '../../protocol/ids.ts';
import { newEventId } from '../../protocol/ids.ts';
import { mostExamples } from '../../protocol/learning/heads/examples.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { Database, ExampleRecord } from '../storage/database.ts';
import { isStorageFull } from '../storage/storage-full.ts';
import type { Picture } from './picture.ts';
import type { Pictures } from './pictures.ts';

/** What to tell the person now. */
export type EditNotice =
  | { readonly kind: 'said'; readonly label: string | null; readonly count: number }
  | { readonly kind: 'deleted'; readonly count: number }
  | { readonly kind: 'undone' }
  | { readonly kind: 'full' }
  | { readonly kind: 'failed' };

export type EditsParts = {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly pictures: Pick<Pictures, 'here' | 'refresh' | 'dropped'>;
  readonly recognition: Pick<Recognition, 'learn' | 'forget'>;
  /** Called when what the camera says may change at once. */
  readonly onLesson: () => void;
  /** Somebody has said what these show, or deleted them: nobody need ask about them any more. */
  readonly onEdited: (samples: ReadonlySet<SampleId>) => void;
  /** Calls back after so many milliseconds; returns the function that prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  readonly nowMs: () => number;
};

/** How long an edit can be taken back. */
export const undoMs = 8000;

/** The last edit, as long as it can be taken back. */
type Edit =
  | {
      readonly kind: 'said';
      readonly events: readonly LabelEvent[];
      readonly learned: readonly EventId[];
      readonly forgotten: readonly ExampleRecord[];
    }
  | { readonly kind: 'deleted'; readonly samples: readonly SampleId[] };

export class PictureEdits {
  readonly #parts: EditsParts;
  readonly #notice = new Cell<EditNotice | null>(null);
  readonly #hidden = new Cell<ReadonlySet<SampleId>>(new Set());
  #last: Edit | null = null;
  #cancelTimer: (() => void) | undefined;
  readonly #turns = pLimit(1);

  constructor(parts: EditsParts) {
    this.#parts = parts;
  }

  get notice(): Readable<EditNotice | null> {
    return this.#notice;
  }

  /** What was deleted and is not to be shown, though it can still be brought back. */
  get hidden(): Readable<ReadonlySet<SampleId>> {
    return this.#hidden;
  }

  /** Says what all of these show; null is "none of these". */
  say(pictures: readonly Picture[], label: string | null): Promise<void> {
    return this.#edit(async () => {
      const events = pictures.map(({ sample, said }): LabelEvent => ({
        type: 'label-event',
        kind: said ? 'relabel' : 'label',
        id: newEventId(),
        sample,
        label,
        atMs: this.#parts.nowMs(),
      }));
      await this.#parts.outbox.add(events);
      this.#parts.onEdited(new Set(events.map(({ sample }) => sample)));
      this.#show({ kind: 'said', label, count: events.length });
      const edit = await this.#learn(events, label);
      this.#last = { kind: 'said', events, ...edit };
    });
  }

  /** Hides them at once; `conclude` makes it final. */
  delete(pictures: readonly Picture[]): Promise<void> {
    return this.#edit(() => {
      const samples = pictures.map(({ sample }) => sample);
      this.#hidden.set(new Set(samples));
      this.#last = { kind: 'deleted', samples };
      this.#show({ kind: 'deleted', count: samples.length });
      return Promise.resolve();
    });
  }

  /** Deletes a bad photo at once and for good: nobody has said anything of it that could be lost. */
  discard(sample: SampleId): Promise<void> {
    return this.#edit(() => {
      this.#last = { kind: 'deleted', samples: [sample] };
      return this.#conclude();
    });
  }

  /** Takes back the last edit; nothing happens when its time is over. */
  undo(): Promise<void> {
    return this.#inTurn(async () => {
      const last = this.#last;
      if (!last) return;
      this.#last = null;
      if (last.kind === 'deleted') this.#hidden.set(new Set());
      else await this.#unsay(last);
      this.#show({ kind: 'undone' });
    });
  }

  /** The last edit cannot be taken back any more: what was deleted is deleted. */
  conclude(): Promise<void> {
    return this.#inTurn(() => this.#conclude());
  }

  async #learn(
    events: readonly LabelEvent[],
    label: string | null,
  ): Promise<Pick<Extract<Edit, { kind: 'said' }>, 'learned' | 'forgotten'>> {
    const { database, pictures, recognition } = this.#parts;
    const examples: ExampleRecord[] = [];
    const forgotten: ExampleRecord[] = [];
    for (const { id: event, sample } of events) {
      forgotten.push(...(await database.getAllFromIndex('examples', 'sample', sample)));
      // The hub learns from all.
      const jpeg = examples.length < mostExamples ? await pictures.here(sample) : null;
      if (jpeg) examples.push({ sample, event, label, jpeg });
    }
    await recognition.forget(forgotten.map(({ event }) => event));
    await recognition.learn(examples);
    this.#parts.onLesson();
    return { learned: examples.map(({ event }) => event), forgotten };
  }

  async #unsay({ events, learned, forgotten }: Extract<Edit, { kind: 'said' }>): Promise<void> {
    const { outbox, recognition, nowMs, onLesson } = this.#parts;
    await outbox.add(
      events.map(({ id, sample }) => ({
        type: 'label-event',
        kind: 'undo',
        id: newEventId(),
        sample,
        undoes: id,
        atMs: nowMs(),
      })),
    );
    await recognition.forget(learned);
    await recognition.learn(forgotten);
    onLesson();
  }

  async #conclude(): Promise<void> {
    this.#cancelTimer?.();
    const last = this.#last;
    this.#last = null;
    this.#notice.set(null);
    if (last?.kind !== 'deleted') return;
    const { database, outbox, pictures, recognition, nowMs, onLesson, onEdited } = this.#parts;
    const { samples } = last;
    await outbox.add(
      samples.map((sample) => ({ type: 'label-event', kind: 'delete', id: newEventId(), sample, atMs: nowMs() })),
    );
    await outbox.discard(new Set(samples));
    onEdited(new Set(samples));
    const events: EventId[] = [];
    for (const sample of samples)
      events.push(...(await database.getAllFromIndex('examples', 'sample', sample)).map(({ event }) => event));
    await recognition.forget(events);
    await pictures.dropped(samples);
    this.#hidden.set(new Set());
    onLesson();
  }

  /** One edit can be taken back at a time: the one before it becomes final. */
  #edit(step: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      await this.#conclude();
      await step();
    });
  }

  #show(notice: EditNotice): void {
    this.#cancelTimer?.();
    this.#notice.set(notice);
    this.#cancelTimer = this.#parts.after(undoMs, () => void this.conclude());
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    return this.#turns(async () => {
      try {
        await step();
      } catch (cause) {
        this.#hidden.set(new Set());
        this.#show({ kind: isStorageFull(cause) ? 'full' : 'failed' });
      } finally {
        this.#parts.pictures.refresh();
      }
    });
  }
}
