/** The one checkpoint format of all engines. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type ParameterSizes,
  type TrainingState,
} from '../../../server/training/checkpoint.ts';

const floats = (length: number): fc.Arbitrary<Float32Array> =>
  fc.float32Array({ minLength: length, maxLength: length, noNaN: true });

const parameter = fc
  .nat(5)
  .chain((size) => fc.record({ value: floats(size), first: floats(size), second: floats(size) }));

const states: fc.Arbitrary<TrainingState> = fc.record({
  steps: fc.nat(),
  parameters: fc
    .uniqueArray(fc.tuple(fc.string(), parameter), { selector: ([name]) => name, maxLength: 5 })
    .map((entries) => new Map(entries)),
});

function sizesOf({ parameters }: TrainingState): ParameterSizes {
  return [...parameters].map(([name, { value }]) => [name, value.length]);
}

it('comes back as it was', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(decodeCheckpoint(encodeCheckpoint(state), sizesOf(state))).toEqual(state);
    }),
  );
});

it('is refused when it is cut short or followed by more', () => {
  fc.assert(
    fc.property(states, fc.nat(), (state, at) => {
      const bytes = encodeCheckpoint(state);
      expect(() => decodeCheckpoint(bytes.subarray(0, at % bytes.length), sizesOf(state))).toThrow('cut short');
      expect(() => decodeCheckpoint(Uint8Array.of(...bytes, 0), sizesOf(state))).toThrow('got');
    }),
  );
});

it('is refused by a network with other parameters', () => {
  fc.assert(
    fc.property(states, states, (state, other) => {
      fc.pre(JSON.stringify(sizesOf(state)) !== JSON.stringify(sizesOf(other)));
      expect(() => decodeCheckpoint(encodeCheckpoint(state), sizesOf(other))).toThrow('another network');
    }),
  );
});

it('is refused when it is anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => decodeCheckpoint(bytes, [['head/kernel', 4]])).toThrow('The checkpoint');
    }),
  );
  const header = new TextEncoder().encode('{"steps":"many","parameters":[]}');
  const bytes = Uint8Array.of(header.length, 0, 0, 0, ...header);
  expect(() => decodeCheckpoint(bytes, [])).toThrow('another network');
});
