/** A model that labels frames: its network on the backend, and its shipped head as plain numbers. */
import type { ModelHash } from '../../protocol/ids.ts';
import { sureFamily } from '../../protocol/learning/family.ts';
import type { Network } from '../../protocol/learning/forward.ts';
import type { AdaptedHead } from '../../protocol/learning/heads/adapted-head.ts';
import type { BaseHead } from '../../protocol/learning/heads/base-head.ts';
import type { Names } from '../../protocol/learning/labels.ts';
import type { Model } from '../../protocol/learning/model-file.ts';
import type { Answer } from './api.ts';
import { answersShown } from './api.ts';

export type LiveModel = {
  readonly hash: ModelHash;
  readonly model: Model;
  readonly network: Network;
  readonly base: BaseHead;
};

export type Answers = {
  /** Best first. */
  readonly answers: readonly Answer[];
  /** Whether the best answer is sure enough to be shown. */
  readonly known: boolean;
  /** When it is not: what it is sure to be a kind of; null when that is nothing. */
  readonly family: Names | null;
};

/** The best labels of the adapted head: what it was taught, it knows only where the picture is like its examples. */
export function adaptedAnswersFrom(model: Model, head: AdaptedHead, embedding: Float32Array): Answers {
  const made = answersFrom(model, head.labels, head.logits(embedding));
  const strange = head.isTooStrange(embedding, made.answers[0]?.key ?? '');
  return strange ? { answers: made.answers, known: false, family: null } : made;
}

/** The best labels for `logits` (one per label), with the model's calibrated probabilities. */
export function answersFrom(model: Model, labels: readonly string[], logits: Float32Array): Answers {
  const scaled = logits.map((logit) => logit / model.temperature);
  const largest = scaled.reduce((max, value) => Math.max(max, value), -Infinity);
  const odds = scaled.map((value) => Math.exp(value - largest));
  // A model without labels of its own leaves room for something else, at a logit of 0 (see `adaptHead`).
  const others = model.labels.length === 0 ? Math.exp(-largest) : 0;
  const sum = odds.reduce((total, odd) => total + odd, others);
  const probabilities = odds.map((odd) => odd / sum);
  const answers = labels
    .map((key, i) => ({ key, probability: probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, answersShown);
  const known = (answers[0]?.probability ?? 0) >= model.threshold;
  // The model's own labels come first, in their order.
  return { answers, known, family: known ? null : sureFamily(model.labels, probabilities) };
}
