import { expect, it, vi } from 'vitest';
import { readMs, retractMs, Uncorrected } from '../../../client/capture/uncorrected.ts';
import { newPrediction } from '../../support/predictions.ts';
import { ScriptedRecognition } from '../../support/scripted-recognition.ts';

const frameMs = 500;

function newUncorrected() {
  const recognition = new ScriptedRecognition();
  const clock = { nowMs: 1000, allowed: true };
  const uncorrected = new Uncorrected({ recognition, allowed: () => clock.allowed, nowMs: () => clock.nowMs });
  /** Shows a name for some time, and gives the last frame. */
  const show = (label: string | null, ms: number, isNews = true) => {
    let last = newPrediction({ label, probability: 0.9, isNews });
    for (let t = 0; t <= ms; t += frameMs) {
      last = newPrediction({ label, probability: 0.9, isNews });
      uncorrected.see(last, label);
      clock.nowMs += frameMs;
    }
    return last.frame;
  };
  const learned = () => recognition.learned.map(({ label }) => label);
  return { uncorrected, recognition, clock, show, learned };
}

it('learns a picture whose name stood there for three seconds, as something that nobody said', async () => {
  const { recognition, show } = newUncorrected();
  const frame = show('mug', readMs);
  await vi.waitFor(() => {
    expect(recognition.learned).toMatchObject([{ label: 'mug', unsaid: true }]);
  });
  expect(recognition.captured).toEqual([frame]);
});

it('learns nothing that was shown too shortly, with a pause, under changing names, that is not known, that is no news, or that it takes for something else than it shows', async () => {
  const { uncorrected, clock, show, learned } = newUncorrected();
  show('mug', readMs - frameMs);
  clock.nowMs += 2000;
  show('mug', readMs - frameMs);
  show('cup', readMs - frameMs);
  show(null, 2 * readMs);
  show('mug', 2 * readMs, false);
  clock.nowMs += 2000;
  for (let i = 0; i < 20; i++, clock.nowMs += frameMs)
    uncorrected.see(newPrediction({ label: 'cup', probability: 0.9, isNews: true }), 'mug');
  await uncorrected.corrected('mug');
  expect(learned()).toEqual([]);
});

it('learns nothing when its owner does not want that', async () => {
  const { uncorrected, clock, show, learned } = newUncorrected();
  clock.allowed = false;
  show('mug', 2 * readMs);
  await uncorrected.corrected('mug');
  expect(learned()).toEqual([]);
});

it('takes back what it learned just before a correction that says otherwise, and nothing else', async () => {
  const { uncorrected, recognition, clock, show, learned } = newUncorrected();
  const shown = (label: string, count: number) => {
    show(label, readMs);
    return vi.waitFor(() => {
      expect(learned()).toHaveLength(count);
    });
  };
  await shown('spoon', 1);
  clock.nowMs += retractMs;
  await shown('cup', 2);
  await shown('mug', 3);
  await uncorrected.corrected('cup');
  expect(recognition.forgotten).toEqual([recognition.learned[2]?.event]);
});

it('takes back what it was still learning when the correction came', async () => {
  const { uncorrected, recognition, show, learned } = newUncorrected();
  show('mug', readMs);
  await uncorrected.corrected('cup');
  expect(learned()).toEqual(['mug']);
  expect(recognition.forgotten).toEqual([recognition.learned[0]?.event]);
});
