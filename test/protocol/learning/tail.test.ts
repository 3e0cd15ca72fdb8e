import { expect, test } from 'vitest';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import { plainForward } from '../../support/plain-forward.ts';

test('gives what the whole network gives, from the activation at the cut', () => {
  const spec = mobile({ classes: 4, size: 16 });
  const random = seededRandom(1);
  const weights = initialWeights(spec, random);
  const input = Float32Array.from({ length: 16 * 16 * 3 }, () => random.next() * 2 - 1);
  const whole = plainForward(spec, weights, input);
  // block8/add feeds block9 and is added to its result, so the cut stands in both places.
  for (const cut of ['block9/add', 'block8/add', 'embedding']) {
    const tail = tailSpec(spec, cut);
    const outputs = plainForward(tail, weightsOf(tail, weights), whole.get(cut) ?? new Float32Array());
    expect(outputs.get('head')).toEqual(whole.get('head'));
    expect(outputs.get('embedding')).toEqual(whole.get('embedding'));
  }
});

test('takes the shape of the cut as input and only the weights after it', () => {
  const spec = mobile({ classes: 4, size: 96 });
  const tail = tailSpec(spec, 'block9/add');
  expect(tail.input).toEqual([6, 6, 80]);
  const names = [...weightsOf(tail, initialWeights(spec, seededRandom(1))).keys()];
  expect(names[0]).toBe('block10/expand/kernel');
  expect(names.at(-1)).toBe('head/bias');
});

test('begins with the vector itself where the cut is one', () => {
  const tail = tailSpec(mobile({ classes: 4, size: 96 }), 'embedding');
  expect(tail.layers.map(({ kind, name }) => [kind, name])).toEqual([
    ['flatten', 'embedding'],
    ['dense', 'head'],
  ]);
  expect(tail.input).toEqual([1, 1, 768]);
});

test('refuses a cut inside a residual, or at no layer', () => {
  expect(() => tailSpec(mobile({ classes: 4 }), 'block9/expand')).toThrow('block9/add');
  expect(() => tailSpec(talk({ classes: 4 }), 'nothing')).toThrow('nothing');
});

test('names a weight that is missing', () => {
  expect(() => weightsOf(talk({ classes: 4 }), new Map())).toThrow('conv1/kernel');
});
