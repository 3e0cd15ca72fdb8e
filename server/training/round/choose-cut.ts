/** Chooses how deep a round trains, so that it keeps to its time. Pure. */

export type Cut = {
  readonly layer: string;
  /** Multiplications that one picture takes after the cut. */
  readonly work: number;
};

/**
 * The first of `cuts`, deepest first, at which `steps` fit into `leftMs`, given that a step took `measured.stepMs` at a cut
 * of `measured.work`; null when none does.
 */
export function chooseCut(
  cuts: readonly Cut[],
  measured: { readonly stepMs: number; readonly work: number },
  steps: number,
  leftMs: number,
): string | null {
  return cuts.find(({ work }) => (measured.stepMs * work * steps) / measured.work <= leftMs)?.layer ?? null;
}
