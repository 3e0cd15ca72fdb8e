import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { loadNetwork } from '../../../protocol/learning/forward.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import { plainForward } from '../../support/plain-forward.ts';
import { randomWeights, signedRandom } from '../../support/random-network.ts';

/** Every kind of layer that has no place in `mobile`, small. */
const pooled: ModelSpec = {
  name: 'pooled',
  input: [13, 13, 3],
  layers: [
    {
      kind: 'conv',
      name: 'conv',
      filters: 4,
      kernel: 5,
      stride: 1,
      padding: 'valid',
      activation: 'relu',
      batchNorm: false,
    },
    { kind: 'maxPool', name: 'pool', kernel: 2, stride: 2, padding: 'valid' },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'dense', units: 7, activation: 'relu' },
    { kind: 'dense', name: 'head', units: 3, activation: 'none' },
  ],
  embedding: 'dense',
  head: 'head',
};

beforeAll(async () => {
  await setBackend('cpu');
});

it.each([pooled, mobile({ classes: 5, size: 32 })])('computes $name as the definition says', async (spec) => {
  const weights = randomWeights(spec, 1);
  const input = Float32Array.from({ length: sizeOf(spec.input) }, signedRandom(2));
  const network = loadNetwork(spec, weights);
  const { logits, embedding } = await network.run(input);
  network.dispose();
  const expected = plainForward(spec, weights, input);
  const far = (values: Float32Array, name: string): number =>
    values.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected.get(name)?.[i] ?? NaN))), 0);
  expect(logits).toHaveLength(expected.get(spec.head)?.length ?? NaN);
  expect(embedding).toHaveLength(expected.get(spec.embedding)?.length ?? NaN);
  expect(far(logits, spec.head)).toBeLessThan(1e-4);
  expect(far(embedding, spec.embedding)).toBeLessThan(1e-4);
});

it.each([pooled, mobile({ classes: 5, size: 32 })])(
  'tells every step of $name, as much as is asked for',
  async (spec) => {
    const weights = randomWeights(spec, 1);
    const input = Float32Array.from({ length: sizeOf(spec.input) }, signedRandom(2));
    const network = loadNetwork(spec, weights);
    const steps = await network.steps(input, ({ kind }) => (kind === 'conv' ? 3 : Infinity));
    network.dispose();
    // What stands before the activations is what a network without any would put out, given the same inputs.
    const active = plainForward(spec, weights, input);
    for (const { layer, part, shape, values } of steps) {
      const channels = shape.at(-1) ?? 0;
      const shown = layer.kind === 'conv' ? Math.min(3, channels) : channels;
      expect(values).toHaveLength((sizeOf(shape) / channels) * shown);
      const far = values.reduce((most, value, i) => {
        const expected = active.get(layer.name)?.[Math.floor(i / shown) * channels + (i % shown)] ?? NaN;
        const top = 'activation' in layer && layer.activation === 'relu6' ? 6 : Infinity;
        const out = part === 'sums' ? Math.min(top, Math.max(0, value)) : value;
        return Math.max(most, Math.abs(out - expected));
      }, 0);
      expect(far, `${layer.name} ${part}`).toBeLessThan(1e-4);
    }
    const outputs = steps.filter(({ part }) => part === 'output');
    expect(outputs.map(({ layer }) => layer.name)).toEqual(spec.layers.map(({ name }) => name));
    const sums = steps.filter(({ part }) => part === 'sums');
    expect(sums.map(({ layer }) => layer.name)).toEqual(
      spec.layers.filter((layer) => 'activation' in layer && layer.activation !== 'none').map(({ name }) => name),
    );
    expect(sums.every(({ values }) => values.some((value) => value < 0))).toBe(true);
  },
);

it('leaves no tensor behind, in use or when it cannot be loaded', async () => {
  const before = memory().numTensors;
  const weights = randomWeights(pooled, 1);
  const network = loadNetwork(pooled, weights);
  const loaded = memory().numTensors;
  for (let frame = 0; frame < 3; frame++) await network.run(new Float32Array(sizeOf(pooled.input)));
  await network.steps(new Float32Array(sizeOf(pooled.input)), () => 2);
  expect(memory().numTensors).toBe(loaded);
  network.dispose();
  expect(() => loadNetwork(pooled, new Map([...weights].slice(0, 3)))).toThrow('missing');
  expect(memory().numTensors).toBe(before);
});
