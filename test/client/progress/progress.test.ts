import { expect, it } from 'vitest';
import type { Situation } from '../../../client/progress/progress.ts';
import { progressOf } from '../../../client/progress/progress.ts';

const quiet: Situation = { queued: 0, consent: true, linked: true, training: { kind: 'idle' }, report: null, live: 1 };

it('follows a correction from the device to the new version', () => {
  const story: readonly Situation[] = [
    { ...quiet, queued: 16, consent: false },
    { ...quiet, queued: 16, linked: false },
    { ...quiet, queued: 16 },
    { ...quiet, training: { kind: 'queued', corrections: 8 } },
    { ...quiet, training: { kind: 'training', step: 30, steps: 120, loss: 1, accuracy: 0.5, held: null, waiting: 0 } },
    { ...quiet, training: { kind: 'checking' } },
    { ...quiet, live: 2 },
  ];
  expect(story.map(progressOf)).toEqual([
    { kind: 'kept-here', count: 16 },
    { kind: 'queued', count: 16 },
    { kind: 'sending', count: 16 },
    { kind: 'sent', corrections: 8 },
    { kind: 'training', done: 0.25 },
    { kind: 'checking' },
    { kind: 'live', version: 2 },
  ]);
});

it('does not show a training that it can no longer follow', () => {
  const training = { kind: 'training', step: 1, steps: 2, loss: 1, accuracy: 0, held: null, waiting: 0 } as const;
  expect(progressOf({ ...quiet, linked: false, training })).toEqual({ kind: 'live', version: 1 });
});

it('says so when there is no model, and when it is on its way', () => {
  expect(progressOf({ ...quiet, live: 'loading' })).toEqual({ kind: 'loading' });
  expect(progressOf({ ...quiet, live: null })).toEqual({ kind: 'no-model' });
});
