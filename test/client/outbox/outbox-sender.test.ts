import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import type { SenderLink } from '../../../client/outbox/outbox-sender.ts';
import { OutboxSender } from '../../../client/outbox/outbox-sender.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import type { DownMessage } from '../../../protocol/down.ts';
import { maxInFlight } from '../../../protocol/limits.ts';
import type { UpMessage } from '../../../protocol/up.ts';
import { newCorrection } from '../../support/corrections.ts';

/** A hub and the way to it, which does what the test says. It stores before it acknowledges, as the real one. */
class ScriptedHub implements SenderLink {
  readonly isOpen = new Cell(false);
  /** Ids in the order in which they were first stored. */
  readonly stored: string[] = [];
  /** Sent over the present connection and not yet answered. */
  waiting: UpMessage[] = [];
  mostWaiting = 0;
  readonly #listeners = new Set<(message: DownMessage) => void>();

  send(message: UpMessage): void {
    this.waiting.push(message);
    this.mostWaiting = Math.max(this.mostWaiting, this.waiting.length);
  }

  onMessage(listener: (message: DownMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    this.isOpen.set(true);
  }

  /** What was sent and not answered is lost; `stored` of it had reached the disk. */
  cut(storedUnanswered: number): void {
    for (const message of this.waiting.slice(0, storedUnanswered)) this.#store(message);
    this.waiting = [];
    this.isOpen.set(false);
  }

  /** Answers the oldest `count` messages. */
  answer(count: number): void {
    const answered = this.waiting.splice(0, count);
    for (const message of answered) this.#store(message);
    const ack: DownMessage = {
      type: 'ack',
      samples: answered.flatMap((message) => (message.type === 'sample' ? [message.id] : [])),
      events: answered.flatMap((message) => (message.type === 'label-event' ? [message.id] : [])),
    };
    this.tell(ack);
  }

  tell(message: DownMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  #store(message: UpMessage): void {
    if ((message.type === 'sample' || message.type === 'label-event') && !this.stored.includes(message.id))
      this.stored.push(message.id);
  }
}

const never = () => () => undefined;

let places = 0;
const newOutbox = async (): Promise<IdbOutbox> => IdbOutbox.open(await openDatabase(`sender ${String(places++)}`));

it('loses and doubles nothing, keeps the order and its window, however the connection breaks', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 25 }) }),
    fc.record({ kind: fc.constant('answer' as const), count: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('cut' as const), count: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ kind: fc.constant('connect' as const), count: fc.constant(0) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const [outbox, hub] = [await newOutbox(), new ScriptedHub()];
      const stop = new OutboxSender({ outbox, link: hub, allowed: new Cell(true), after: never }).start();
      const added: string[] = [];
      for (const { kind, count } of steps) {
        if (kind === 'add') {
          const messages = Array.from({ length: count }, () => newCorrection('cup')).flat();
          added.push(...messages.map(({ id }) => id));
          await outbox.add(messages);
        } else if (kind === 'answer') hub.answer(count);
        else if (kind === 'cut') hub.cut(count);
        else hub.connect();
      }
      hub.connect();
      await vi.waitFor(
        () => {
          hub.answer(maxInFlight);
          expect(outbox.counts.peek()).toEqual({ queued: 0, refused: 0 });
        },
        { interval: 1, timeout: 5000 },
      );
      stop();
      expect(hub.stored).toEqual(added);
      expect(hub.mostWaiting).toBeLessThanOrEqual(maxInFlight);
    }),
    { numRuns: 100 },
  );
});

it('sends nothing before it is allowed, and everything from then on', async () => {
  const [outbox, hub, allowed] = [await newOutbox(), new ScriptedHub(), new Cell(false)];
  const stop = new OutboxSender({ outbox, link: hub, allowed, after: never }).start();
  hub.connect();
  const messages = newCorrection('cup');
  await outbox.add(messages);
  // Whatever the sender had begun is over when the same database has answered another question.
  await outbox.after(0, 1);
  expect(hub.waiting).toEqual([]);
  allowed.set(true);
  await vi.waitFor(() => {
    expect(hub.waiting).toEqual(messages);
  });
  stop();
});

it('goes on past what the hub refuses', async () => {
  const [outbox, hub] = [await newOutbox(), new ScriptedHub()];
  const stop = new OutboxSender({ outbox, link: hub, allowed: new Cell(true), after: never }).start();
  hub.connect();
  const [sample, event] = newCorrection('cup');
  await outbox.add([sample, event]);
  await vi.waitFor(() => {
    expect(hub.waiting).toHaveLength(2);
  });
  hub.tell({
    type: 'refusal',
    code: 'too-many-pixels',
    text: 'Too large.',
    of: { kind: 'sample', id: sample.id },
  });
  hub.waiting.shift();
  hub.answer(1);
  await vi.waitFor(() => {
    expect(outbox.counts.peek()).toEqual({ queued: 0, refused: 1 });
  });
  stop();
});

it('keeps what a full hub refuses, and sends it again after a pause', async () => {
  const [outbox, hub] = [await newOutbox(), new ScriptedHub()];
  let resume: (() => void) | undefined;
  const stop = new OutboxSender({
    outbox,
    link: hub,
    allowed: new Cell(true),
    after: (_, callback) => {
      resume = callback;
      return () => undefined;
    },
  }).start();
  hub.connect();
  const [sample, event] = newCorrection('cup');
  await outbox.add([sample, event]);
  await vi.waitFor(() => {
    expect(hub.waiting).toHaveLength(2);
  });
  for (const of of [
    { kind: 'sample', id: sample.id },
    { kind: 'label-event', id: event.id },
  ] as const)
    hub.tell({ type: 'refusal', code: 'storage-full', text: 'No room.', of });
  hub.waiting = [];
  await vi.waitFor(() => {
    expect(resume).toBeDefined();
  });
  expect(outbox.counts.peek()).toEqual({ queued: 1, refused: 0 });
  resume?.();
  await vi.waitFor(() => {
    expect(hub.waiting).toEqual([sample, event]);
  });
  hub.answer(2);
  await vi.waitFor(() => {
    expect(outbox.counts.peek()).toEqual({ queued: 0, refused: 0 });
  });
  stop();
});
