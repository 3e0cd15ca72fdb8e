/** ONNX models: what ONNX Runtime makes of them, beside the definition of our layers. */
import { InferenceSession, Tensor, env } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { mobile } from '../../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../../protocol/learning/backbones/talk.ts';
import { softmax } from '../../../../protocol/learning/metrics.ts';
import type { Layer, ModelSpec } from '../../../../protocol/learning/model-spec.ts';
import { sizeOf } from '../../../../protocol/learning/shapes.ts';
import { encodeOnnx } from '../../../../server/models/export/onnx-file.ts';
import { onnxModel } from '../../../../server/models/export/onnx-model.ts';
import type { OpenedModel } from '../../../../server/models/open-model.ts';
import { plainForward } from '../../../support/plain-forward.ts';
import { randomWeights, signedRandom } from '../../../support/random-network.ts';

env.wasm.numThreads = 1;

const temperature = 1.7;

function modelOf(spec: ModelSpec): OpenedModel {
  const head = spec.layers.find(({ name }) => name === spec.head);
  const keys = Array.from({ length: head?.kind === 'dense' ? head.units : 0 }, (_, i) => `thing ${String(i)}`);
  return {
    spec,
    weights: randomWeights(spec, 3),
    labels: keys.map((key) => ({ key, names: { en: key, it: `${key} è` } })),
    temperature,
    calibration: { temperature, threshold: 0.3, meanEmbedding: [0] },
  };
}

/** What ONNX Runtime finds for `count` random inputs at once, and the inputs one by one. */
async function runtimeOutputs(model: OpenedModel, count: number) {
  const size = sizeOf(model.spec.input);
  const inputs = Float32Array.from({ length: count * size }, signedRandom(5));
  const session = await InferenceSession.create(encodeOnnx(onnxModel(model)));
  const outputs = await session.run({ input: new Tensor('float32', inputs, [count, ...model.spec.input]) });
  await session.release();
  return { outputs, inputs: Array.from({ length: count }, (_, i) => inputs.subarray(i * size, (i + 1) * size)) };
}

function expectClose(found: Tensor | undefined, rows: readonly Float32Array[], tolerance: number): void {
  const expected = rows.flatMap((row) => [...row]);
  expect(found?.dims).toEqual([rows.length, rows[0]?.length]);
  const values = found?.data as Float32Array;
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (values[i] ?? NaN))), 0);
  expect(worst).toBeLessThan(tolerance);
}

/** Odd and even sides, kernels larger and smaller than their strides, every kind of layer and activation. */
function paddedSpec(side: number): ModelSpec {
  const conv = { kind: 'conv', batchNorm: false, activation: 'relu6' } as const;
  const layers: readonly Layer[] = [
    { ...conv, name: 'stem', filters: 8, kernel: 3, stride: 2, padding: 'same' },
    { kind: 'maxPool', name: 'pool', kernel: 2, stride: 1, padding: 'same' },
    { kind: 'depthwise', name: 'deep', kernel: 4, stride: 1, padding: 'same', activation: 'relu', batchNorm: false },
    { ...conv, name: 'skip', filters: 8, kernel: 1, stride: 1, padding: 'same', activation: 'none' },
    { kind: 'add', name: 'sum', from: 'pool', with: 'skip' },
    { kind: 'depthwise', name: 'wide', kernel: 5, stride: 3, padding: 'same', activation: 'none', batchNorm: false },
    { ...conv, name: 'valid', filters: 12, kernel: 2, stride: 1, padding: 'valid' },
    { kind: 'flatten', name: 'flat' },
    { kind: 'dense', name: 'vector', units: 10, activation: 'relu6' },
    { kind: 'dense', name: 'answers', units: 4, activation: 'none' },
  ];
  return { name: 'padded', input: [side, side + 1, 3], layers, embedding: 'vector', head: 'answers' };
}

describe('an ONNX model', () => {
  it.each([
    ['mobile', 2, mobile({ classes: 3, size: 33 })],
    ['talk', 1, talk({ classes: 3 })],
    ['odd', 3, paddedSpec(15)],
    ['even', 3, paddedSpec(16)],
    ['larger', 3, paddedSpec(20)],
  ])('of a network (%s) gives the logits, probabilities and embeddings of its definition', async (_, count, spec) => {
    const model = modelOf(spec);
    const { outputs, inputs } = await runtimeOutputs(model, count);
    const expected = inputs.map((input) => plainForward(spec, model.weights, input));
    const of = (layer: string) => expected.map((layers) => layers.get(layer) ?? new Float32Array());
    const logits = of(spec.head);
    expect(Math.max(...logits.map((row) => Math.max(...row)))).toBeGreaterThan(0.01);
    expectClose(outputs['logits'], logits, 1e-3);
    expectClose(
      outputs['probabilities'],
      logits.map((row) => Float32Array.from(softmax(row, temperature))),
      1e-4,
    );
    expectClose(outputs['embedding'], of(spec.embedding), 1e-3);
  });

  it('of a network that knows no label gives its embedding alone', async () => {
    const spec = { ...mobile({ classes: 0, size: 32 }), name: 'untaught' };
    const model = modelOf(spec);
    const { outputs, inputs } = await runtimeOutputs(model, 1);
    expect(Object.keys(outputs)).toEqual(['embedding']);
    const [input = new Float32Array()] = inputs;
    expectClose(outputs['embedding'], [plainForward(spec, model.weights, input).get('embedding')!], 1e-3);
  });

  it('says in its file how to use it', () => {
    const { metadata, inputs } = onnxModel(modelOf(mobile({ classes: 2, size: 32 })));
    expect(JSON.parse(metadata['labels']!)).toMatchObject([{ key: 'thing 0' }, { names: { it: 'thing 1 è' } }]);
    expect(metadata).toMatchObject({ temperature: '1.7', threshold: '0.3' });
    expect(metadata['preprocessing']).toContain('resized to 32 x 32 pixels');
    expect(inputs).toMatchObject([{ name: 'input', shape: ['n', 32, 32, 3] }]);
  });

  it('is not made of a network whose batch normalisation was not folded', () => {
    expect(() => onnxModel(modelOf(mobile({ classes: 3, batchNorm: true })))).toThrow(/stem of mobile has batch/);
  });
});
