import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { IdbQuestionBank } from '../../../client/capture/question-bank.ts';
import { QuestionBudget } from '../../../client/capture/question-budget.ts';
import type { Question } from '../../../client/capture/questions.ts';
import { mostWaiting, Questions } from '../../../client/capture/questions.ts';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { SettingsStore } from '../../../client/storage/settings.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import { newPrediction } from '../../support/predictions.ts';
import { ScriptedRecognition } from '../../support/scripted-recognition.ts';

let places = 0;

async function newQuestions({ allowed = true, place = `questions ${String(places++)}` } = {}) {
  const database = await openDatabase(place);
  const outbox = await IdbOutbox.open(database);
  const recognition = new ScriptedRecognition();
  const settings = await SettingsStore.open(database, 'en');
  const clock = { nowMs: 0 };
  const nowMs = (): number => clock.nowMs;
  const questions = await Questions.open({
    recognition,
    bank: new IdbQuestionBank(database),
    budget: new QuestionBudget({ settings, nowMs, after: () => () => undefined }),
    outbox,
    allowed: () => allowed,
    nowMs,
  });
  const look = async (): Promise<void> => {
    clock.nowMs += 1000;
    const looked = recognition.looked.length;
    await vi.waitFor(
      () => {
        // It takes none while it is busy with the one before.
        questions.see(newPrediction({ label: null, probability: 0.3 }));
        expect(recognition.looked).toHaveLength(looked + 1);
      },
      { interval: 1 },
    );
  };
  /** A frame a second, and one more: then all that follows from those before it is done. */
  const lookFor = async (seconds: number): Promise<void> => {
    for (let second = 0; second <= seconds; second++) await look();
  };
  return { questions, outbox, recognition, clock, place, lookFor };
}

const pictures = (open: readonly Question[]) => open.filter(({ kind }) => kind === 'picture');

it('looks around for ten seconds, then asks, and puts the picture on the way to the hub', async () => {
  const { questions, outbox, lookFor } = await newQuestions();
  await lookFor(8);
  expect(questions.open.peek()).toEqual([]);
  await lookFor(2);
  expect(questions.open.peek()).toMatchObject([{ kind: 'picture', reason: 'common' }]);
  const [question] = pictures(questions.open.peek());
  expect((await outbox.after(0, 10)).map(({ message }) => message)).toMatchObject([
    { type: 'sample', reason: 'novel', id: question?.kind === 'picture' ? question.sample : '' },
  ]);
});

it('looks at one frame a second', async () => {
  const { questions, recognition, lookFor } = await newQuestions();
  await lookFor(2);
  const looked = recognition.looked.length;
  for (let i = 0; i < 5; i++) questions.see(newPrediction({ label: null, probability: 0.3 }));
  expect(recognition.looked.length).toBeLessThanOrEqual(looked + 1);
});

it('looks at nothing before its owner has agreed', async () => {
  const { questions, recognition } = await newQuestions({ allowed: false });
  for (let i = 0; i < 10; i++) questions.see(newPrediction({ label: null, probability: 0.3 }));
  expect(recognition.looked).toEqual([]);
});

it('asks twice, says that it may no more, and asks again a minute after the first', async () => {
  const { questions, clock, lookFor } = await newQuestions();
  await lookFor(50);
  expect(questions.open.peek()).toHaveLength(2);
  const untilMs = questions.pausedUntilMs.peek() ?? 0;
  expect(untilMs - clock.nowMs).toBeGreaterThan(0);
  expect(untilMs - clock.nowMs).toBeLessThan(60_000);
  await lookFor(20);
  expect(questions.open.peek()).toHaveLength(3);
});

it('spends nothing on frames that are not worth a question', async () => {
  const { questions, recognition, lookFor } = await newQuestions();
  recognition.worthAsking = false;
  await lookFor(60);
  expect(questions.open.peek()).toEqual([]);
  recognition.worthAsking = true;
  await lookFor(60);
  expect(questions.open.peek()).toHaveLength(2);
});

it('asks no more while many wait', async () => {
  const { questions, clock, lookFor } = await newQuestions();
  for (let i = 0; i < mostWaiting + 3; i++) {
    clock.nowMs += 20 * 60_000;
    await lookFor(24);
  }
  expect(questions.open.peek()).toHaveLength(mostWaiting);
});

it('asks the same after a restart, but for what was answered or skipped', async () => {
  const first = await newQuestions();
  await first.lookFor(60);
  const [skipped, waiting] = first.questions.open.peek();
  if (skipped?.kind === 'picture') await first.questions.close(skipped);
  expect(first.questions.open.peek()).toEqual([waiting]);
  const second = await newQuestions({ place: first.place });
  expect(second.questions.open.peek()).toEqual([waiting]);
});

it('asks about labels that look wrong before all else, and never again about one that a person stands by', async () => {
  const { questions, recognition, lookFor } = await newQuestions();
  await lookFor(12);
  const example = { sample: newSampleId(), event: newEventId(), label: 'mug', jpeg: Uint8Array.of(1) };
  recognition.doubtful.push({ example, rival: 'cup', witness: example });
  await questions.review();
  const [doubt] = questions.open.peek();
  expect(questions.open.peek().map(({ kind }) => kind)).toEqual(['doubt', 'picture']);
  expect(doubt).toEqual({ kind: 'doubt', example, rival: 'cup', witness: example });
  if (doubt?.kind === 'doubt') await questions.confirm(doubt);
  expect(recognition.confirmed).toEqual([example.event]);
  expect(questions.open.peek().map(({ kind }) => kind)).toEqual(['picture']);
});

it('closes what was answered with nearly the same picture, for good, and no other', async () => {
  const { questions, recognition, place, lookFor } = await newQuestions();
  await lookFor(60);
  const [answered, waiting] = questions.open.peek();
  if (answered?.kind === 'picture') recognition.alike.push(answered.sample);
  await questions.review();
  await vi.waitFor(() => {
    expect(questions.open.peek()).toEqual([waiting]);
  });
  const again = await newQuestions({ place });
  expect(again.questions.open.peek()).toEqual([waiting]);
});

it('doubts nothing while the worker is gone', async () => {
  const { questions, recognition } = await newQuestions();
  recognition.doubts = () => Promise.reject(new Error('Gone.'));
  expect(await questions.review()).toEqual([]);
});
