/** Deltas: both sides compute the same child, and a broken one never becomes a model. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../protocol/codec.ts';
import { deflate } from '../../../protocol/learning/deflate.ts';
import { applyDelta, makeDelta, ModelDeltaError } from '../../../protocol/learning/model-delta.ts';
import type { Candidate, ModelDeltaErrorKind } from '../../../protocol/learning/model-delta.ts';
import { decodeModel, encodeModel } from '../../../protocol/learning/model-file.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { smallModel } from '../../support/small-model.ts';

const parentModel = smallModel(['cup', 'pen', 'key'], 1);
const parent = encodeModel(parentModel);

/** What the hub would measure: here simply what the model itself says. */
function make(of: Uint8Array, candidate: Model) {
  const { meanEmbedding, probes } = candidate;
  return makeDelta(of, candidate, () => Promise.resolve({ meanEmbedding, probes }));
}

async function failureOf(of: Uint8Array, delta: Uint8Array): Promise<ModelDeltaErrorKind | Uint8Array> {
  try {
    return await applyDelta(of, delta);
  } catch (error) {
    if (error instanceof ModelDeltaError) return error.kind;
    throw error;
  }
}

function shifted(weights: Weights, layers: readonly string[], most: number, seed: number): Weights {
  const random = seededRandom(seed);
  return new Map(
    [...weights].map(([name, weight]) => [
      name,
      layers.some((layer) => name.startsWith(`${layer}/`))
        ? { ...weight, values: weight.values.map((value) => value + (random.next() * 2 - 1) * most) }
        : weight,
    ]),
  );
}

describe('a model delta', () => {
  it('gives every holder of the parent the child, byte for byte, whatever changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(['stem', 'depthwise', 'head']),
        fc.constantFrom(
          ['cup', 'pen', 'key'],
          ['cup', 'pen', 'key', 'milk'],
          ['cup', 'key'],
          ['milk', 'key', 'cup', 'tea'],
        ),
        fc.double({ min: 1e-4, max: 2, noNaN: true }),
        fc.nat(),
        async (layers, keys, most, seed) => {
          const candidate = smallModel(keys, seed);
          const { delta, child } = await make(parent, {
            ...candidate,
            weights: shifted(candidate.weights, layers, most, seed),
          });
          expect(await applyDelta(parent, delta)).toEqual(child);
          expect(decodeModel(child).labels.map(({ key }) => key)).toEqual(keys);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('moves each weight to within half a step of the candidate', async () => {
    const most = 0.05;
    const weights = shifted(decodeModel(parent).weights, ['stem', 'depthwise', 'head'], most, 3);
    const { child } = await make(parent, { ...parentModel, weights });
    for (const [name, { values }] of decodeModel(child).weights)
      values.forEach((value, i) => {
        const wanted = weights.get(name)?.values[i] ?? NaN;
        // Half a step of the difference, half a step of a half, and the floor under steps.
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(most / 254 + Math.abs(wanted) * 2 ** -11 + 2 ** -11);
      });
  });

  it('costs next to nothing for tensors that did not change', async () => {
    const same = decodeModel(parent);
    const { delta, child } = await make(parent, same);
    expect(child).toEqual(encodeModel(parentModel));
    const { delta: changed } = await make(parent, { ...same, weights: shifted(same.weights, ['stem'], 0.1, 1) });
    expect(changed.length).toBeGreaterThan(delta.length + 50);
  });

  it('keeps the columns of labels that stay, wherever they move', async () => {
    const old = decodeModel(parent);
    const order = [2, 0, 1];
    const moved = (name: string, rows: number): Float32Array =>
      Float32Array.from({ length: rows * 3 }, (_, i) => {
        return old.weights.get(name)?.values[Math.floor(i / 3) * 3 + (order[i % 3] ?? 0)] ?? NaN;
      });
    const weights = new Map([
      ...old.weights,
      ['head/kernel', { shape: [6, 3], values: moved('head/kernel', 6) }],
      ['head/bias', { shape: [3], values: moved('head/bias', 1) }],
    ] as const);
    const labels = order.flatMap((from) => old.labels[from] ?? []);
    const { delta, child } = await make(parent, { ...old, labels, weights });
    expect(decodeModel(child).weights).toEqual(weights);
    const { delta: nothing } = await make(parent, old);
    expect(delta.length).toBeLessThan(nothing.length + 20);
  });

  it('measures the child and not the candidate: what is measured is told of the rounded weights', async () => {
    const weights = shifted(decodeModel(parent).weights, ['stem'], 0.1, 5);
    let seen: Candidate | undefined;
    const { child } = await makeDelta(parent, { ...parentModel, weights }, (rounded) => {
      seen = rounded;
      return Promise.resolve(parentModel);
    });
    expect(seen?.weights).toEqual(decodeModel(child).weights);
    expect(seen?.weights).not.toEqual(weights);
  });

  it('is refused by a holder of another parent, and for a network of another shape', async () => {
    const { delta } = await make(parent, smallModel(['cup', 'milk'], 2));
    expect(await failureOf(encodeModel(smallModel(['cup', 'pen', 'key'], 9)), delta)).toBe('other-parent');
    const other = { ...parentModel, spec: { ...parentModel.spec, name: 'other' } };
    await expect(make(parent, other)).rejects.toMatchObject({ kind: 'unrelated' });
  });

  it('never leads to another model, whatever byte of it is changed', async () => {
    const { delta, child } = await make(parent, smallModel(['cup', 'pen', 'key', 'milk'], 2));
    await fc.assert(
      fc.asyncProperty(fc.nat(delta.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const broken = delta.slice();
        broken[at] = (broken[at] ?? 0) ^ flip;
        const outcome = await failureOf(parent, broken);
        // Deflate streams have bits that mean nothing; then the child is the right one.
        if (typeof outcome !== 'string') expect(outcome).toEqual(child);
      }),
      { numRuns: 500 },
    );
    expect(await failureOf(parent, delta.subarray(0, delta.length - 1))).toBe('malformed');
  });

  it('does not inflate a bomb', async () => {
    const { delta } = await make(parent, parentModel);
    const unpacked = unpack(delta);
    if (!unpacked.ok) throw new Error('The delta does not unpack.');
    const body = await deflate(new Uint8Array(50_000_000));
    expect(body.length).toBeLessThan(100_000);
    expect(await failureOf(parent, pack({ ...(unpacked.message as object), body }))).toBe('too-large');
  });
});
