/** Model files: what comes back, and that nothing else than a whole model is ever taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../protocol/codec.ts';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import { decodeModel, encodeModel, hashModel, ModelFileError } from '../../../protocol/learning/model-file.ts';
import type { ModelFileErrorKind } from '../../../protocol/learning/model-file.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { maxModelBytes } from '../../../protocol/limits.ts';
import { smallModel } from '../../support/small-model.ts';

const model = smallModel(['cup', 'pen'], 1);
const file = encodeModel(model);

function failureOf(bytes: Uint8Array): ModelFileErrorKind | 'decoded' {
  try {
    decodeModel(bytes);
    return 'decoded';
  } catch (error) {
    if (error instanceof ModelFileError) return error.kind;
    throw error;
  }
}

/** The file with some fields replaced. */
function altered(fields: Readonly<Record<string, unknown>>): Uint8Array {
  const unpacked = unpack(file);
  if (!unpacked.ok) throw new Error('The file does not unpack.');
  return pack({ ...(unpacked.message as object), ...fields });
}

describe('a model file', () => {
  it('gives back the model, weights to half precision, the rest exactly', () => {
    const decoded = decodeModel(file);
    expect(decoded.spec).toEqual(model.spec);
    expect(decoded.labels).toEqual(model.labels);
    expect(decoded.probes).toEqual(model.probes);
    expect([decoded.temperature, decoded.threshold]).toEqual([model.temperature, model.threshold]);
    for (const [name, { shape, values }] of model.weights) {
      expect(decoded.weights.get(name)?.shape).toEqual(shape);
      decoded.weights.get(name)?.values.forEach((value, i) => {
        expect(Math.abs(value - (values[i] ?? NaN))).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11 + 2 ** -24);
      });
    }
  });

  it('is the same bytes for the same model, read back or with its fields in another order', () => {
    expect(encodeModel(decodeModel(file))).toEqual(encodeModel(model));
    const layers = model.spec.layers.map((layer) => Object.fromEntries(Object.entries(layer).reverse()));
    const spec = { ...model.spec, layers: layers as unknown as typeof model.spec.layers };
    expect(encodeModel({ ...model, spec })).toEqual(encodeModel(model));
  });

  it('may know no label yet: its probes then hold embeddings', () => {
    const [probe] = model.probes;
    const embedding = Float32Array.from(model.meanEmbedding, (_, i) => i);
    const bare = { ...smallModel([], 1), probes: [{ input: probe!.input, logits: embedding }] };
    const decoded = decodeModel(encodeModel(bare));
    expect(decoded.labels).toEqual([]);
    expect(decoded.probes).toEqual(bare.probes);
    expect(() => encodeModel({ ...bare, probes: [{ input: probe!.input, logits: new Float32Array() }] })).toThrow(
      ModelFileError,
    );
  });

  it('has the SHA-256 of its bytes as its hash', async () => {
    expect(await hashModel(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('refuses what is not a model by the kind of its fault', () => {
    expect(failureOf(file.subarray(0, file.length - 1))).toBe('malformed');
    expect(failureOf(new Uint8Array(maxModelBytes + 1))).toBe('too-large');
    expect(failureOf(pack([1, 2]))).toBe('invalid');
    expect(failureOf(altered({ format: 2 }))).toBe('invalid');
    expect(failureOf(altered({ more: 1 }))).toBe('invalid');
    expect(failureOf(altered({ temperature: NaN }))).toBe('invalid');
    expect(failureOf(altered({ labels: model.labels.slice(1) }))).toBe('invalid');
    expect(failureOf(altered({ labels: [model.labels[0], model.labels[0]] }))).toBe('invalid');
    expect(failureOf(altered({ weights: new Uint8Array(10) }))).toBe('misfit');
    expect(failureOf(altered({ weights: new Uint8Array(unpackedWeights()).fill(0x7c) }))).toBe('invalid');
    expect(failureOf(altered({ meanEmbedding: new Uint8Array(4) }))).toBe('misfit');
    expect(failureOf(altered({ meanEmbedding: new Uint8Array(11) }))).toBe('invalid');
    expect(failureOf(altered({ probes: [{ input: new Uint8Array(47), logits: new Uint8Array(8) }] }))).toBe('misfit');
    expect(failureOf(altered({ probes: [{ input: new Uint8Array(48), logits: new Uint8Array(7) }] }))).toBe('misfit');
    const [stem, ...others] = model.spec.layers;
    expect(failureOf(altered({ spec: { ...model.spec, layers: [...others, stem] } }))).toBe('misfit');
  });

  it('never throws anything else, and never hangs, whatever bytes are changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const changed = file.slice();
          for (const [at, byte] of changes) changed[at] = byte;
          failureOf(changed);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is not made of a model whose parts do not fit', () => {
    const probes = [{ input: new Uint8Array(48), logits: new Float32Array(3) }];
    expect(() => encodeModel({ ...model, probes })).toThrow(ModelFileError);
    expect(() => encodeModel({ ...model, weights: new Map() })).toThrow(ModelFileError);
    expect(() => encodeModel({ ...model, meanEmbedding: new Float32Array(5) })).toThrow(ModelFileError);
  });

  it('of the default network is read within a few frames', () => {
    const spec = mobile({ classes: 380 });
    const labels = Array.from({ length: 380 }, (_, i) => ({
      key: `label ${String(i)}`,
      names: { en: `Label ${String(i)}`, it: `Etichetta ${String(i)}` },
    }));
    const large = { ...model, spec, labels, weights: initialWeights(spec, seededRandom(1)), probes: [] };
    const bytes = encodeModel({ ...large, meanEmbedding: new Float32Array(768) });
    const times = Array.from({ length: 5 }, () => {
      const startMs = performance.now();
      decodeModel(bytes);
      return performance.now() - startMs;
    });
    // 8 to 12 ms on the reference machine; the bound leaves room for a busy one.
    expect(Math.min(...times)).toBeLessThan(60);
  });
});

function unpackedWeights(): number {
  return [...model.weights.values()].reduce((sum, { values }) => sum + values.length * 2, 0);
}
