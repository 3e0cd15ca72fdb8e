/** Which of a person's labels look wrong: each is judged by all the others. */
import { direction } from './direction.ts';
import type { Example } from './examples.ts';
import { trustIn } from './examples.ts';
import { cholesky, dot, innerProducts, solveCholesky } from './linear-algebra.ts';

/** Wide, because a wrong label has to be outvoted by what lies around it. */
const ridge = 1;

/**
 * A label that looks wrong: the others speak so much more for another. Of a hundred right labels of things that look alike
 * (groceries, trashnet) four to seven are doubted at 0.2, thirteen at 0.15.
 */
const minMargin = 0.18;

/** An example whose label the others contradict, by its place, the label that they speak for, and how much more (about 0 to 1). */
export type Doubt = { readonly place: number; readonly rival: string | null; readonly margin: number };

/** The examples whose labels look wrong, the most doubtful first, and none that nobody said. `mean`, `[d]`: the model's `meanEmbedding`. */
export function doubtsOf(examples: readonly Example[], mean: Float32Array): readonly Doubt[] {
  const support = judgedByOthers(examples, mean);
  const labels = [...new Set(examples.map(({ label }) => label))];
  return examples
    .flatMap(({ label, unsaid }, place) => {
      if (unsaid) return [];
      const rivals = labels
        .filter((other) => other !== label)
        .map((rival) => ({ place, rival, margin: support(place, rival) - support(place, label) }));
      return rivals.sort((a, b) => b.margin - a.margin).slice(0, 1);
    })
    .filter(({ margin }) => margin > minMargin)
    .sort((a, b) => b.margin - a.margin);
}

/**
 * How far all other examples speak for a label of the example at a place. Ridge regression on cosines, leave-one-out in closed
 * form (Rifkin & Lippert 2007); an example weighs trust / (examples of its label)^0.5. Time goes with n³: 20 ms for 200.
 */
function judgedByOthers(
  examples: readonly Example[],
  mean: Float32Array,
): (place: number, label: string | null) => number {
  const n = examples.length;
  const directions = examples.map(({ averaged }) => direction(averaged, mean));
  const counts = new Map<string | null, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  const matrix = innerProducts(directions);
  for (const [i, example] of examples.entries())
    matrix[i * n + i] =
      (matrix[i * n + i] ?? 0) + (ridge * Math.sqrt(counts.get(example.label) ?? 1)) / trustIn(example);
  const lower = cholesky(matrix, n);
  const columns = examples.map((_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    return solveCholesky(lower, unit);
  });
  return (place, label) => {
    // Column i of the inverse; with the targets' product it is the coefficient, and left out the prediction is target - c / inverse(i, i).
    const column = columns[place] ?? new Float64Array();
    const targets = Float64Array.from(examples, (other) => (other.label === label ? 1 : 0));
    return (targets[place] ?? 0) - dot(column, targets) / (column[place] ?? 1);
  };
}
