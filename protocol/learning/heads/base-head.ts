/** The head that came with a model, as plain numbers. */
import type { Model } from '../model-file.ts';

export type BaseHead = {
  /** `[d, labels]`, row-major. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly labels: readonly string[];
  /** Those of them that people named. */
  readonly grown: ReadonlySet<string>;
};

/** Throws an Error for a model whose head has no weights. */
export function headOf({ spec, weights, labels }: Model): BaseHead {
  const [kernel, bias] = ['kernel', 'bias'].map((role) => weights.get(`${spec.head}/${role}`)?.values);
  if (!kernel || !bias) throw new Error('The head has no weights.');
  const grown = new Set(labels.filter((label) => label.grown).map(({ key }) => key));
  return { kernel, bias, labels: labels.map(({ key }) => key), grown };
}

/** `[labels]`, of an embedding `[d]`. */
export function baseLogits({ kernel, bias }: BaseHead, embedding: Float32Array): Float32Array {
  const logits = Float32Array.from(bias);
  for (let i = 0, at = 0; i < embedding.length; i++, at += bias.length) {
    const value = embedding[i] ?? 0;
    if (value === 0) continue;
    for (let label = 0; label < bias.length; label++)
      logits[label] = (logits[label] ?? 0) + value * (kernel[at + label] ?? 0);
  }
  return logits;
}
