import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Prediction } from '../../../client/recognition/api.ts';
import { Consensus } from '../../../client/recognition/consensus.ts';
import { newPrediction } from '../../support/predictions.ts';

const seen = (label: string | null): Prediction => newPrediction({ label, probability: 0.8 });

it('shows the first frame at once', () => {
  expect(new Consensus().add(seen('cup'), 0).label).toBe('cup');
});

it('is not moved by a single odd frame, and follows three', () => {
  const consensus = new Consensus();
  const shown = ['cup', 'cup', 'bowl', 'cup', 'bowl', 'bowl'].map(
    (label, i) => consensus.add(seen(label), 2000 * i).label,
  );
  expect(shown).toEqual(['cup', 'cup', 'cup', 'cup', 'cup', 'bowl']);
});

it('says the wider word while most frames agree on it and on no kind', () => {
  const consensus = new Consensus();
  const bird = { en: 'bird', it: 'uccello' };
  const unsure = (family?: typeof bird) => newPrediction({ label: null, probability: 0.3, ...(family && { family }) });
  const shown = [unsure(bird), unsure(), unsure(bird), unsure(bird), unsure(), unsure()].map(
    (prediction, i) => consensus.add(prediction, 2000 * i).family?.en,
  );
  expect(shown).toEqual(['bird', undefined, undefined, 'bird', 'bird', undefined]);
  const named = [seen('robin'), seen('robin'), seen('robin')].map((one, i) => consensus.add(one, 20_000 + 2000 * i));
  expect(named.at(-1)).toMatchObject({ label: 'robin', family: null });
});

it('changes the label at most once a second, whatever the frames say', () => {
  const label = fc.constantFrom('cup', 'bowl', null);
  fc.assert(
    fc.property(fc.array(fc.tuple(label, fc.integer({ min: 5, max: 400 })), { maxLength: 200 }), (frames) => {
      const consensus = new Consensus();
      let nowMs = 0;
      let last: string | null | undefined;
      const changes: number[] = [];
      for (const [frame, pauseMs] of frames) {
        nowMs += pauseMs;
        const shown = consensus.add(seen(frame), nowMs).label;
        if (last !== undefined && shown !== last) changes.push(nowMs);
        last = shown;
      }
      changes.slice(1).forEach((atMs, i) => {
        expect(atMs - (changes[i] ?? NaN)).toBeGreaterThanOrEqual(1000);
      });
    }),
  );
});

it('says that it does not know when most frames are below the threshold', () => {
  const consensus = new Consensus();
  for (const label of ['cup', null, null, null]) consensus.add(seen(label), 0);
  expect(consensus.add(seen(null), 5000).label).toBeNull();
});

it('lets the next frame alone decide after a restart', () => {
  const consensus = new Consensus();
  for (let i = 0; i < 10; i++) consensus.add(seen('cup'), i * 100);
  consensus.restart();
  expect(consensus.add(seen('bowl'), 1001).label).toBe('bowl');
});

it('averages the answers of the last frames', () => {
  const consensus = new Consensus();
  consensus.add(newPrediction({ label: 'cup', probability: 0.6 }), 0);
  const { answers } = consensus.add(newPrediction({ label: 'cup', probability: 0.8 }), 50);
  expect(answers[0]?.key).toBe('cup');
  expect(answers[0]?.probability).toBeCloseTo(0.7);
});
