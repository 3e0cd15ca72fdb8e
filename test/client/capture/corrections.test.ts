import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { burstRule } from '../../../client/capture/burst-picker.ts';
import { Corrections } from '../../../client/capture/corrections.ts';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { newSampleId } from '../../../protocol/ids.ts';
import { newPrediction } from '../../support/predictions.ts';
import { ScriptedRecognition } from '../../support/scripted-recognition.ts';

let places = 0;

async function newCorrections() {
  const outbox = await IdbOutbox.open(await openDatabase(`corrections ${String(places++)}`));
  const recognition = new ScriptedRecognition();
  const frozen = newPrediction({ label: 'cup', probability: 0.6, luma: 250 });
  const clock = { nowMs: 1000 };
  const calls: string[] = [];
  const corrections = new Corrections({
    recognition,
    outbox,
    freeze: () => Promise.resolve(frozen),
    resume: () => calls.push('resume'),
    onSaid: (label) => calls.push(`said ${label ?? 'none of these'}`),
    onLesson: () => calls.push('lesson'),
    review: () => recognition.doubts(),
    nowMs: () => clock.nowMs,
  });
  const sent = async () => (await outbox.after(0, 100)).map(({ message }) => message);
  return { corrections, outbox, recognition, frozen, clock, calls, sent };
}

it('keeps and learns exactly the frozen frame', async () => {
  const { corrections, recognition, frozen, sent, calls } = await newCorrections();
  await corrections.freeze();
  expect(corrections.state.peek()).toEqual({ kind: 'frozen', prediction: frozen });
  expect(recognition.studied, 'while the word is looked for').toEqual([frozen.frame]);
  // The live picture goes on meanwhile and must not be taken.
  corrections.see(newPrediction({ label: 'bowl', probability: 0.9 }));
  await corrections.say('mug', false);
  expect(recognition.captured).toEqual([frozen.frame]);
  const [sample, event] = await sent();
  expect(sample).toMatchObject({ type: 'sample', reason: 'corrected' });
  expect(event).toMatchObject({ type: 'label-event', kind: 'label', label: 'mug', sample: sample?.id });
  expect(recognition.learned).toMatchObject([{ sample: sample?.id, event: event?.id, label: 'mug' }]);
  expect(corrections.state.peek()).toEqual({ kind: 'watching' });
  expect(corrections.notice.peek()).toMatchObject({ kind: 'learned', lesson: { label: 'mug' } });
  expect(calls).toEqual(['said mug', 'lesson', 'resume']);
});

it('tells what was learned before the sheet goes, and until the next picture is frozen', async () => {
  const { corrections } = await newCorrections();
  const seen: string[] = [];
  const note = (): void => {
    seen.push(`${corrections.state.peek().kind} ${corrections.notice.peek()?.kind ?? 'nothing'}`);
  };
  corrections.state.subscribe(note);
  corrections.notice.subscribe(note);
  await corrections.freeze();
  await corrections.say('mug', false);
  await corrections.freeze();
  // Between the first sheet and the second there is no moment at which nothing is told.
  expect(seen).toEqual(['frozen nothing', 'frozen learned', 'watching learned', 'frozen learned', 'frozen nothing']);
});

it('takes a burst of eight frames as one, of which each is a sample with its label', async () => {
  const { corrections, recognition, clock, sent } = await newCorrections();
  await corrections.freeze();
  await corrections.say('mug', true);
  for (let i = 0; corrections.state.peek().kind === 'burst' && i < 100; i++) {
    clock.nowMs += 50;
    corrections.see(newPrediction({ label: 'cup', probability: 0.5, luma: 250 - i }));
    // Undo waits for what came before it and finds nothing else to do than to let it finish.
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
  const messages = await sent();
  const samples = messages.filter(({ type }) => type === 'sample');
  expect(samples).toHaveLength(burstRule.wanted);
  expect(new Set(samples.map((sample) => ('burst' in sample ? sample.burst : ''))).size).toBe(1);
  expect(
    messages.filter((message) => message.type === 'label-event' && message.kind === 'label' && message.label === 'mug'),
  ).toHaveLength(8);
  expect(recognition.learned).toHaveLength(8);
  expect(corrections.notice.peek()).toMatchObject({ kind: 'learned', lesson: { dropped: { blurred: 0, dark: 0 } } });
});

it('takes back the last lesson on the device and on the hub, and then the one before it', async () => {
  const { corrections, recognition, sent } = await newCorrections();
  for (const label of ['mug', null]) {
    await corrections.freeze();
    await corrections.say(label, false);
  }
  await corrections.undo();
  expect(corrections.notice.peek()).toMatchObject({ kind: 'undone', lesson: { label: null }, hasEarlier: true });
  await corrections.undo();
  expect(corrections.notice.peek()).toMatchObject({ kind: 'undone', lesson: { label: 'mug' }, hasEarlier: false });
  await corrections.undo();
  const messages = await sent();
  const said = messages.flatMap((message) =>
    message.type === 'label-event' && message.kind === 'label' ? [message.id] : [],
  );
  const undone = messages.flatMap((message) =>
    message.type === 'label-event' && message.kind === 'undo' ? [message.undoes] : [],
  );
  expect(undone).toEqual([...said].reverse());
  expect(recognition.forgotten).toEqual([...said].reverse());
});

it('goes ten lessons back, also when the hub has acknowledged them, and no further', async () => {
  const { corrections, outbox, recognition, sent } = await newCorrections();
  for (let i = 0; i < 12; i++) {
    await corrections.freeze();
    await corrections.say(`thing ${String(i)}`, false);
  }
  const said = recognition.learned.map(({ event }) => event);
  // The hub has everything: nothing of it waits here any more.
  await outbox.forget((await sent()).map(({ id }) => id));
  for (let i = 0; i < 12; i++) await corrections.undo();
  const undone = (await sent()).flatMap((message) => ('undoes' in message ? [message.undoes] : []));
  expect(undone).toEqual(said.slice(2).reverse());
  expect(recognition.forgotten).toEqual(said.slice(2).reverse());
});

it('says that the device is full, and has changed nothing', async () => {
  const { corrections, outbox, recognition } = await newCorrections();
  // IndexedDB in memory has no quota: the outbox says what a full device would say.
  outbox.add = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  await corrections.freeze();
  await corrections.say('mug', false);
  expect(corrections.notice.peek()).toEqual({ kind: 'full' });
  expect(corrections.state.peek()).toEqual({ kind: 'watching' });
  expect(recognition.learned).toEqual([]);
});

it('sends nothing of what it could not learn, because the device is full', async () => {
  const { corrections, recognition, sent } = await newCorrections();
  await corrections.freeze();
  await corrections.say('mug', false);
  const [said] = recognition.learned;
  const before = await sent();
  recognition.learn = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  await corrections.freeze();
  await corrections.say('cup', false);
  expect(corrections.notice.peek()).toEqual({ kind: 'full' });
  await corrections.relabel(said!, 'cup');
  expect(corrections.notice.peek()).toEqual({ kind: 'full' });
  expect(recognition.forgotten).toEqual([]);
  expect(await sent()).toEqual(before);
});

it('sends what the worker could not learn any more, because it is gone', async () => {
  const { corrections, recognition, sent } = await newCorrections();
  recognition.learn = () => Promise.reject(new Error('Gone.'));
  await corrections.freeze();
  await corrections.say('cup', false);
  expect(corrections.notice.peek()).toEqual({ kind: 'failed' });
  expect(await sent()).toMatchObject([{ type: 'sample' }, { type: 'label-event', label: 'cup' }]);
});

it('takes back what could not be taken back while the device was full, once there is room', async () => {
  const { corrections, outbox, recognition } = await newCorrections();
  await corrections.freeze();
  await corrections.say('mug', false);
  const { add } = outbox;
  outbox.add = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  await corrections.undo();
  expect(corrections.notice.peek()).toEqual({ kind: 'full' });
  outbox.add = add;
  await corrections.undo();
  expect(corrections.notice.peek()).toMatchObject({ kind: 'undone', lesson: { label: 'mug' } });
  expect(recognition.forgotten).toHaveLength(1);
});

it('keeps and learns the answer to a question while another picture stays frozen, and takes it back', async () => {
  const { corrections, recognition, frozen, sent } = await newCorrections();
  const question = {
    kind: 'picture',
    sample: newSampleId(),
    reason: 'novel',
    jpeg: Uint8Array.of(7),
    answers: [],
  } as const;
  await corrections.freeze();
  expect(await corrections.answer(question, 'kettle')).toBe(true);
  expect(corrections.state.peek()).toEqual({ kind: 'frozen', prediction: frozen });
  const [event] = await sent();
  expect(event).toMatchObject({ type: 'label-event', kind: 'label', label: 'kettle', sample: question.sample });
  expect(recognition.learned).toMatchObject([{ event: event?.id, label: 'kettle', jpeg: question.jpeg }]);
  await corrections.undo();
  expect(recognition.forgotten).toEqual([event?.id]);
});

it('says of an answer that could not be kept that it was not', async () => {
  const { corrections, outbox } = await newCorrections();
  outbox.add = () => Promise.reject(new DOMException('Full.', 'QuotaExceededError'));
  const question = {
    kind: 'picture',
    sample: newSampleId(),
    reason: 'novel',
    jpeg: Uint8Array.of(7),
    answers: [],
  } as const;
  expect(await corrections.answer(question, 'kettle')).toBe(false);
  expect(corrections.notice.peek()).toEqual({ kind: 'full' });
});

it('says at once when other pictures speak for another label, and follows the person who agrees', async () => {
  const { corrections, recognition, sent } = await newCorrections();
  const { learn } = recognition;
  recognition.learn = async (examples) => {
    await learn.call(recognition, examples);
    for (const example of examples)
      if (example.label === 'mug') recognition.doubtful.push({ example, rival: 'cup', witness: example });
  };
  await corrections.freeze();
  await corrections.say('mug', false);
  const notice = corrections.notice.peek();
  expect(notice).toMatchObject({ kind: 'learned', lesson: { label: 'mug' }, doubt: { rival: 'cup' } });
  const [said] = recognition.learned;
  await corrections.relabel(said!, 'cup');
  expect(corrections.notice.peek()).toMatchObject({ kind: 'learned', lesson: { label: 'cup' }, doubt: null });
  expect(recognition.forgotten).toEqual([said?.event]);
  expect((await sent()).at(-1)).toMatchObject({ kind: 'relabel', label: 'cup', sample: said?.sample });
  await corrections.undo();
  expect(recognition.forgotten).toEqual([said?.event, recognition.learned[1]?.event]);
  expect(recognition.learned.at(-1)).toEqual(said);
});

it('leaves the sheet without a trace', async () => {
  const { corrections, sent, calls } = await newCorrections();
  await corrections.freeze();
  corrections.resume();
  expect(await sent()).toEqual([]);
  expect(calls).toEqual(['resume']);
});
