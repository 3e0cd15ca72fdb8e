/** The talk's CNN, exactly: 64x64 RGB, two 5x5 convolutions with max-pooling, a dense layer of 1000. */
import type { ModelSpec } from '../model-spec.ts';

/** 10,874,700 parameters for 4 classes. */
export function talk(options: { readonly classes: number }): ModelSpec {
  const conv = { kind: 'conv', kernel: 5, stride: 1, padding: 'valid', activation: 'relu', batchNorm: false } as const;
  const pool = { kind: 'maxPool', kernel: 2, stride: 2, padding: 'valid' } as const;
  return {
    name: 'talk',
    input: [64, 64, 3],
    layers: [
      { ...conv, name: 'conv1', filters: 32 },
      { ...pool, name: 'pool1' },
      { ...conv, name: 'conv2', filters: 64 },
      { ...pool, name: 'pool2' },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'dense', units: 1000, activation: 'relu' },
      { kind: 'dense', name: 'head', units: options.classes, activation: 'none' },
    ],
    embedding: 'dense',
    head: 'head',
  };
}
