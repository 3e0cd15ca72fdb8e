/** The views that a round learns from. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import * as v from 'valibot';
import { modelHashSchema, sampleIdSchema } from '../../../../protocol/ids.ts';
import { toInput } from '../../../../protocol/learning/preprocess.ts';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { latentsMadeBy, viewsOf } from '../../../../server/training/round/views.ts';
import { drawPattern } from '../../../support/drawn-patterns.ts';

const pixels = drawPattern('red bars', seededRandom(1));
const source = { id: v.parse(sampleIdSchema, '01932b5e-7c00-7000-8000-000000000001'), seed: 1 };
const base = v.parse(modelHashSchema, 'a'.repeat(64));

it('the first view is what a device sees, and all others differ from it and each other', () => {
  const views = viewsOf(pixels, 32, 8, source);
  expect(views[0]).toEqual(toInput(pixels, 32));
  expect(new Set(views.map((view) => view.join())).size).toBe(8);
});

it('a view does not depend on how many there are, but on the sample and the seed', () => {
  const views = viewsOf(pixels, 32, 8, source);
  expect(viewsOf(pixels, 32, 3, source)).toEqual(views.slice(0, 3));
  expect(viewsOf(pixels, 32, 3, { ...source, seed: 2 })[2]).not.toEqual(views[2]);
});

it('views that come out otherwise than before have a recipe of another name', () => {
  const hash = createHash('sha256');
  for (const view of viewsOf(pixels, 32, 8, source)) for (const value of view) hash.update(value.toFixed(3));
  // When this fails the views have changed: raise the recipe's number in views.ts, then write down both here.
  expect([latentsMadeBy(base, 1).split(', ')[1], hash.digest('hex').slice(0, 16)]).toEqual([
    'views 1',
    '8bb86cc7a9c24920',
  ]);
});
