/** What every outbox guarantees. */
import { expect, it } from 'vitest';
import type { Outbox } from '../../../client/outbox/outbox.ts';
import { newEventId } from '../../../protocol/ids.ts';
import type { LabelEvent } from '../../../protocol/messages/label-event.ts';
import { newCorrection } from '../../support/corrections.ts';

/** `open` opens the same outbox again, as after a restart; each call of `describe` gets a new one. */
export function testOutbox(newPlace: () => () => Promise<Outbox>): void {
  const ids = async (outbox: Outbox, order = 0, limit = 100): Promise<readonly string[]> =>
    (await outbox.after(order, limit)).map(({ id }) => id);

  it('gives messages in the order in which they were added, also after a restart', async () => {
    const open = newPlace();
    const outbox = await open();
    const messages = [...newCorrection('cup'), ...newCorrection('bowl'), ...newCorrection(null)];
    await outbox.add(messages.slice(0, 2));
    await outbox.add(messages.slice(2));
    expect(await ids(outbox)).toEqual(messages.map(({ id }) => id));
    const again = await open();
    expect((await again.after(0, 100)).map(({ message }) => message)).toEqual(messages);
    expect(again.counts.peek()).toEqual({ queued: 3, refused: 0 });
  });

  it('goes on after an order, as far as it is asked', async () => {
    const outbox = await newPlace()();
    const messages = [...newCorrection('cup'), ...newCorrection('bowl')];
    await outbox.add(messages);
    const [first] = await outbox.after(0, 1);
    expect(await ids(outbox, first?.order ?? NaN, 2)).toEqual([messages[1]?.id, messages[2]?.id]);
  });

  it('forgets what was acknowledged and nothing else', async () => {
    const outbox = await newPlace()();
    const [kept, gone] = [newCorrection('cup'), newCorrection('bowl')];
    await outbox.add([...kept, ...gone]);
    const settled = gone.map(({ id }) => id);
    await outbox.forget(settled);
    await outbox.forget(settled);
    expect(await ids(outbox)).toEqual(kept.map(({ id }) => id));
    expect(outbox.counts.peek()).toEqual({ queued: 1, refused: 0 });
  });

  it('keeps what was refused, with the reason, and sends it no more', async () => {
    const open = newPlace();
    const outbox = await open();
    const [sample, event] = newCorrection('cup');
    await outbox.add([sample, event]);
    await outbox.refused(sample.id, { code: 'not-an-image', text: 'Expected a JPEG.' });
    await outbox.refused(sample.id, { code: 'not-an-image', text: 'Expected a JPEG.' });
    expect(await ids(outbox)).toEqual([event.id]);
    const again = await open();
    expect(await again.refusals()).toEqual([
      { id: sample.id, message: sample, code: 'not-an-image', text: 'Expected a JPEG.' },
    ]);
    expect(again.counts.peek()).toEqual({ queued: 1, refused: 1 });
  });

  it('discards samples with what was said of them, waiting or refused, but never that they are deleted', async () => {
    const outbox = await newPlace()();
    const [kept, waiting, refused] = [newCorrection('cup'), newCorrection('bowl'), newCorrection('mug')];
    await outbox.add([...kept, ...waiting, ...refused]);
    await outbox.refused(refused[0].id, { code: 'not-an-image', text: 'Expected a JPEG.' });
    const erase: LabelEvent = {
      type: 'label-event',
      kind: 'delete',
      id: newEventId(),
      sample: waiting[0].id,
      atMs: 1,
    };
    await outbox.add([erase]);
    expect(outbox.counts.peek()).toEqual({ queued: 3, refused: 1 });
    await outbox.discard(new Set([waiting[0].id, refused[0].id]));
    expect(await ids(outbox)).toEqual([...kept.map(({ id }) => id), erase.id]);
    expect(await outbox.refusals()).toEqual([]);
    expect(outbox.counts.peek()).toEqual({ queued: 2, refused: 0 });
  });

  it('takes the messages of one call all or none', async () => {
    const outbox = await newPlace()();
    const [sample, event] = newCorrection('cup');
    await outbox.add([sample]);
    await expect(outbox.add([event, sample])).rejects.toThrow();
    expect(await ids(outbox)).toEqual([sample.id]);
    expect(outbox.counts.peek().queued).toBe(1);
  });

  it('counts a picture once, whatever waits or was refused of it', async () => {
    const outbox = await newPlace()();
    const [sample, event] = newCorrection('cup');
    const relabel: LabelEvent = { ...event, kind: 'relabel', id: newEventId(), label: 'mug' };
    await outbox.add([sample, event]);
    await outbox.add([relabel]);
    expect(outbox.counts.peek()).toEqual({ queued: 1, refused: 0 });
    await outbox.refused(sample.id, { code: 'not-an-image', text: 'Expected a JPEG.' });
    await outbox.refused(event.id, { code: 'malformed', text: 'Expected a sample first.' });
    expect(outbox.counts.peek()).toEqual({ queued: 1, refused: 1 });
  });

  it('counts what another tab has added and what it has sent, when it next changes itself', async () => {
    const open = newPlace();
    const [one, other] = [await open(), await open()];
    const [first, second, third] = [newCorrection('cup'), newCorrection('bowl'), newCorrection('mug')];
    await one.add(first);
    await other.add(second);
    expect(other.counts.peek()).toEqual({ queued: 2, refused: 0 });
    await one.forget([...first, ...second].map(({ id }) => id));
    expect(one.counts.peek()).toEqual({ queued: 0, refused: 0 });
    await other.add(third);
    expect(other.counts.peek()).toEqual({ queued: 1, refused: 0 });
  });

  it('tells its listeners after every change how many pictures are in it', async () => {
    const outbox = await newPlace()();
    const counts: number[] = [];
    outbox.counts.subscribe(({ queued }) => counts.push(queued));
    const [sample, event] = newCorrection('cup');
    await outbox.add([sample, event]);
    await outbox.forget([sample.id]);
    await outbox.forget([event.id]);
    expect(counts).toEqual([1, 1, 0]);
  });
}
