/** What a device learns from: pictures with what they show. */
export type Example = {
  /** `[d]`, the mean of all glances at the picture: see `Seen`. */
  readonly averaged: Float32Array;
  /** Null is "none of these": near it the head knows nothing. */
  readonly label: string | null;
  /** Nobody said it: the answer was shown and left uncorrected. It weighs little, and never against what was said. */
  readonly unsaid?: boolean;
};

/** How much an answer weighs that was left uncorrected. */
const unsaidTrust = 0.5;

/** How much an example weighs: 1 when a person said its label. */
export function trustIn({ unsaid }: Pick<Example, 'unsaid'>): number {
  return unsaid ? unsaidTrust : 1;
}

/** A fit has to take milliseconds: so many examples make a head, and among them so many that nobody said. */
export const mostExamples = 200;
export const mostUnsaid = 100;

/** Those of `examples`, oldest first, that make a head: the newest, and what was said before what was not. */
export function newest<T extends Pick<Example, 'unsaid'>>(examples: readonly T[]): readonly T[] {
  const said = examples.filter(({ unsaid }) => !unsaid).slice(-mostExamples);
  const room = Math.min(mostExamples - said.length, mostUnsaid);
  return room > 0 ? [...said, ...examples.filter(({ unsaid }) => unsaid).slice(-room)] : said;
}
