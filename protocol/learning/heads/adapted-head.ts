/**
 * What a device learns at once: the shipped head, corrected near the examples that a person named. The correction is a
 * kernel ridge regression (Saunders et al. 1998) of what the shipped head lacks there; away from every example it is 0.
 */
import type { Correction } from './correction.ts';
import { fitCorrection, similarity, unknown } from './correction.ts';
import { dot } from './linear-algebra.ts';

/** The head of the model that is live. */
export type BaseHead = {
  /** `[d, labels]`, row-major. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly labels: readonly string[];
};

export type Example = {
  /** `[d]`. Not to be changed afterwards: its logits are remembered. */
  readonly embedding: Float32Array;
  /** Null is "none of these": near it the head knows nothing. */
  readonly label: string | null;
};

export interface AdaptedHead {
  /** The shipped labels, then the new ones in the order of their keys. */
  readonly labels: readonly string[];
  /**
   * `[labels]`, for softmax at the model's temperature. Near a "none of these" they are all alike. Over a base without labels
   * something else, with a logit of 0, belongs into the softmax: what is taught has to win over it.
   */
  logits(embedding: Float32Array): Float32Array;
}

/** A new class starts this far below the frame's best shipped class: it needs the evidence of an example nearby. */
const evidence = 6;

const fitOptions = { margin: 1, reach: 0.55, ridge: 0.05 };

/**
 * Guarantees: every example comes out right, unless it contradicts another of the same embedding; the same examples give
 * the same head in any order; without examples it is `base`. Time goes with n² d: about 4 ms for 50 examples of the
 * default network once their logits are remembered, 30 ms for 200.
 * `mean`, `[d]`: what all embeddings have in common, taken off before they are compared: the model's `meanEmbedding`.
 */
export function adaptHead(
  base: BaseHead,
  examples: readonly Example[],
  options: { readonly mean: Float32Array },
): AdaptedHead {
  if (base.labels.length === 0) return besideNothing(examples, options);
  const shipped = new Set(base.labels);
  const named = examples.flatMap(({ label }) => (label === null || shipped.has(label) ? [] : [label]));
  const labels = [...base.labels, ...[...new Set(named)].sort()];
  const places = new Map(labels.map((label, i) => [label, i]));
  const lessons = [...examples].sort(byContent).map(({ embedding, label }) => ({
    direction: direction(embedding, options.mean),
    logits: withNewLabels(rememberedLogits(base, embedding), labels.length),
    label: label === null ? unknown : (places.get(label) ?? unknown),
  }));
  const correction = fitCorrection(lessons, fitOptions);
  return {
    labels,
    logits(embedding) {
      const x = direction(embedding, options.mean);
      const similarities = Float64Array.from(lessons, (lesson) => similarity(lesson.direction, x));
      return corrected(withNewLabels(baseLogits(base, embedding), labels.length), correction, similarities);
    },
  };
}

/** Of a base without labels: what is taught has to win over something else, whose logit is 0 everywhere. */
function besideNothing(examples: readonly Example[], options: { readonly mean: Float32Array }): AdaptedHead {
  const somethingElse = { kernel: new Float32Array(options.mean.length), bias: new Float32Array(1), labels: [''] };
  const head = adaptHead(somethingElse, examples, options);
  return { labels: head.labels.slice(1), logits: (embedding) => head.logits(embedding).subarray(1) };
}

/** Adds the correction to `logits`, in place. */
function corrected(logits: Float32Array, correction: Correction, similarities: Float64Array): Float32Array {
  for (const [label, coefficients] of correction)
    if (label !== unknown) logits[label] = (logits[label] ?? 0) + dot(coefficients, similarities);
  const coefficients = correction.get(unknown);
  if (!coefficients) return logits;
  const known = 1 - Math.min(1, Math.max(0, dot(coefficients, similarities)));
  return logits.map((logit) => logit * known);
}

/** The embedding without what all have in common, at length 1: `[d]`. */
function direction(embedding: Float32Array, mean: Float32Array): Float64Array {
  const centred = Float64Array.from(embedding);
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) - (mean[i] ?? 0);
  const length = Math.sqrt(dot(centred, centred)) || 1;
  return centred.map((value) => value / length);
}

function withNewLabels(shipped: Float32Array, labels: number): Float32Array {
  const logits = new Float32Array(labels).fill(shipped.reduce((a, b) => Math.max(a, b), -Infinity) - evidence);
  logits.set(shipped);
  return logits;
}

function baseLogits({ kernel, bias }: BaseHead, embedding: Float32Array): Float32Array {
  const logits = Float32Array.from(bias);
  for (let i = 0, at = 0; i < embedding.length; i++, at += bias.length) {
    const value = embedding[i] ?? 0;
    if (value === 0) continue;
    for (let label = 0; label < bias.length; label++)
      logits[label] = (logits[label] ?? 0) + value * (kernel[at + label] ?? 0);
  }
  return logits;
}

/** By kernel, then by embedding: with many labels an example's logits take longer than the rest of its share of a fit. */
const logitsOfExamples = new WeakMap<Float32Array, WeakMap<Float32Array, Float32Array>>();

function rememberedLogits(base: BaseHead, embedding: Float32Array): Float32Array {
  const known = logitsOfExamples.get(base.kernel) ?? new WeakMap<Float32Array, Float32Array>();
  logitsOfExamples.set(base.kernel, known);
  const logits = known.get(embedding) ?? baseLogits(base, embedding);
  known.set(embedding, logits);
  return logits;
}

/** A fixed order, because sums of rounded numbers depend on theirs. */
function byContent(a: Example, b: Example): number {
  if (a.label !== b.label) return (a.label ?? '') < (b.label ?? '') ? -1 : 1;
  for (let i = 0; i < a.embedding.length; i++) {
    const difference = (a.embedding[i] ?? 0) - (b.embedding[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
