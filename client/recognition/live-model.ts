/** A model that labels frames: its network on the backend, and its shipped head as plain numbers. */
import type { ModelHash } from '../../protocol/ids.ts';
import { sureFamily } from '../../protocol/learning/family.ts';
import type { Network } from '../../protocol/learning/forward.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import type { AdaptedHead } from '../../protocol/learning/heads/adapted-head.ts';
import type { BaseHead } from '../../protocol/learning/heads/base-head.ts';
import type { LabelSet } from '../../protocol/learning/label-set.ts';
import { talkLabels, talkPlace, talkProbabilities } from '../../protocol/learning/label-set.ts';
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

/** Which names answers have. */
export type Naming = {
  readonly set: LabelSet;
  /** Labels that people gave, which every set has. */
  readonly own: ReadonlySet<string>;
};

/** Each label by its own name. */
export const everything: Naming = { set: 'everything', own: new Set() };

/** The best labels of the adapted head: what it was taught, it knows only where the picture is like its examples. */
export function adaptedAnswersFrom(model: Model, head: AdaptedHead, seen: Seen, naming: Naming): Answers {
  const made = answersFrom(model, head.labels, head.logits(seen), naming);
  const recognised = head.recognises(seen, made.answers[0]?.key ?? '');
  return recognised === null ? made : { answers: made.answers, known: recognised, family: null };
}

/** The best labels for `logits` (one per label), with the model's calibrated probabilities. */
export function answersFrom(model: Model, labels: readonly string[], logits: Float32Array, naming: Naming): Answers {
  const scaled = logits.map((logit) => logit / model.temperature);
  const largest = scaled.reduce((max, value) => Math.max(max, value), -Infinity);
  const odds = scaled.map((value) => Math.exp(value - largest));
  // A model without labels of its own leaves room for something else, at a logit of 0 (see `adaptHead`).
  const others = model.labels.length === 0 ? Math.exp(-largest) : 0;
  const sum = odds.reduce((total, odd) => total + odd, others);
  const probabilities = odds.map((odd) => odd / sum);
  const answers = [...named(model, labels, probabilities, naming)]
    .sort((a, b) => b.probability - a.probability)
    .slice(0, answersShown);
  const known = (answers[0]?.probability ?? 0) >= model.threshold;
  // The model's own labels come first, in their order.
  const family = known || naming.set === 'talk' ? null : sureFamily(model.labels, probabilities);
  return { answers, known, family };
}

function named(
  model: Model,
  labels: readonly string[],
  probabilities: ArrayLike<number>,
  { set, own }: Naming,
): readonly Answer[] {
  const all = labels.map((key, i) => ({ key, family: model.labels[i]?.family, probability: probabilities[i] ?? 0 }));
  if (set === 'everything') return all.map(({ key, probability }) => ({ key, probability }));
  const ofTalk = talkProbabilities(all, probabilities);
  return [
    ...talkLabels.map(({ key }, i) => ({ key, probability: ofTalk[i] ?? 0 })),
    ...all.flatMap((one) =>
      own.has(one.key) && talkPlace(one) < 0 ? [{ key: one.key, probability: one.probability }] : [],
    ),
  ];
}
