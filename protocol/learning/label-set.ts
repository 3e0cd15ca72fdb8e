/** Which names a device answers with: all that the model knows, or the nine things of the talk. */
import type { Label, Names } from './labels.ts';

export const labelSets = ['everything', 'talk'] as const;
export type LabelSet = (typeof labelSets)[number];

/** What the talk's program told apart. */
export const talkLabels: readonly Label[] = [
  { key: 'car', names: { en: 'car', it: 'automobile' } },
  { key: 'person', names: { en: 'person', it: 'persona' } },
  { key: 'rocket', names: { en: 'rocket', it: 'razzo' } },
  { key: 'cat', names: { en: 'cat', it: 'gatto' } },
  { key: 'bicycle', names: { en: 'bicycle', it: 'bicicletta' } },
  { key: 'toilet', names: { en: 'toilet', it: 'gabinetto' } },
  { key: 'boat', names: { en: 'boat', it: 'barca' } },
  { key: 'clock', names: { en: 'clock', it: 'orologio' } },
  { key: 'cup', names: { en: 'cup', it: 'tazza' } },
];

type Named = { readonly key: string; readonly family?: Names | undefined };

/** The place among `talkLabels` of what a label is, by itself or as a kind of it; -1 when it is none of them. */
export function talkPlace({ key, family }: Named): number {
  return talkLabels.findIndex((one) => one.key === key || one.key === family?.en);
}

/**
 * `[9]`: the probability of each of `talkLabels`, all its kinds together. They do not add up to 1: what is none of them stays
 * improbable, so that it can be called unknown. `probabilities`, `[labels]`: of the labels, in their order.
 */
export function talkProbabilities(labels: readonly Named[], probabilities: ArrayLike<number>): Float32Array {
  const sums = new Float32Array(talkLabels.length);
  labels.forEach((label, i) => {
    const place = talkPlace(label);
    if (place >= 0) sums[place] = (sums[place] ?? 0) + (probabilities[i] ?? 0);
  });
  return sums;
}

/** `labels`, and those of `talkLabels` that are not among them: every answer has a name. */
export function withTalkLabels(labels: readonly Label[]): readonly Label[] {
  const known = new Set(labels.map(({ key }) => key));
  return [...labels, ...talkLabels.filter(({ key }) => !known.has(key))];
}
