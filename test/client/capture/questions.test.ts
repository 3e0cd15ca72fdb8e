import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { Questions } from '../../../client/capture/questions.ts';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { newPrediction } from '../../support/predictions.ts';
import { ScriptedRecognition } from '../../support/scripted-recognition.ts';

let places = 0;

async function newQuestions(allowed = true) {
  const outbox = await IdbOutbox.open(await openDatabase(`questions ${String(places++)}`));
  const recognition = new ScriptedRecognition();
  const clock = { nowMs: 0 };
  const questions = new Questions({ recognition, outbox, allowed: () => allowed, nowMs: () => clock.nowMs });
  const opened = (count: number) =>
    vi.waitFor(() => {
      expect(questions.open.peek()).toHaveLength(count);
    });
  return { questions, outbox, recognition, clock, opened };
}

const novel = () => newPrediction({ label: null, probability: 0.3 });

it('keeps a hard frame with its reason, and puts it on the way to the hub', async () => {
  const { questions, outbox, recognition, opened } = await newQuestions();
  const frame = novel();
  questions.see(frame);
  await opened(1);
  expect(questions.open.peek()[0]).toMatchObject({ reason: 'novel' });
  expect((await outbox.after(0, 10)).map(({ message }) => message)).toMatchObject([
    { type: 'sample', reason: 'novel' },
  ]);
  expect(recognition.remembered).toEqual([frame.frame]);
});

it('keeps nothing before its owner has agreed', async () => {
  const { questions, recognition } = await newQuestions(false);
  for (let i = 0; i < 10; i++) questions.see(novel());
  expect(recognition.captured).toEqual([]);
});

it('asks twice at most, and again after ten minutes', async () => {
  const { questions, recognition, clock, opened } = await newQuestions();
  for (let i = 1; i <= 2; i++) {
    questions.see(novel());
    await opened(i);
  }
  questions.see(novel());
  expect(recognition.captured).toHaveLength(2);
  clock.nowMs = 10 * 60_000;
  questions.see(novel());
  await opened(3);
});

it('leaves alone what it knows, and takes an answered question off the list', async () => {
  const { questions, opened } = await newQuestions();
  questions.see(newPrediction({ label: 'cup', probability: 0.9 }));
  questions.see(novel());
  await opened(1);
  const [question] = questions.open.peek();
  if (question) questions.close(question);
  await opened(0);
});
