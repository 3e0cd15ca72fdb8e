/** The wider word for a thing whose kind is uncertain: "bird" rather than a wrong species. */
import type { Label, Names } from './labels.ts';

/**
 * The family that is likelier than everything else together, or null when none is. `probabilities`, `[labels]`: of the labels, in
 * their order. A label that is called as a family is belongs to it.
 */
export function sureFamily(labels: readonly Label[], probabilities: ArrayLike<number>): Names | null {
  const sums = new Map<string, number>();
  labels.forEach(({ key, family }, i) => {
    const word = family?.en ?? key;
    sums.set(word, (sums.get(word) ?? 0) + (probabilities[i] ?? 0));
  });
  const families = labels.flatMap(({ family }) => (family ? [family] : []));
  const sumOf = ({ en }: Names): number => sums.get(en) ?? 0;
  const best = families.reduce<Names | null>((a, b) => (a && sumOf(a) >= sumOf(b) ? a : b), null);
  return best && sumOf(best) > 0.5 ? best : null;
}
