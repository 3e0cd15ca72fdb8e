/** Which of a person's labels look wrong: each is judged by all the others. */
import { direction } from './direction.ts';
import type { Example } from './examples.ts';
import { trustIn } from './examples.ts';
import { cholesky, dot, innerProducts, solveCholesky } from './linear-algebra.ts';
import { similarity } from './taught-classes.ts';

/** Wide, because a wrong label has to be outvoted by what lies around it. */
const ridge = 0.3;

/**
 * What others say for the own label weighs so much more than what they say for another: a label that nobody supports is wrong more
 * often than one that has a strong rival. Of fifteen that were asked about (a fifth of 100 labels wrong, 40 orders), 59 in 100
 * were wrong on groceries and 56 on trashnet; at 1 it was 55 and 52.
 */
const ownWeight = 3;

/**
 * A label is doubted from here on: of a hundred right labels of things that look alike (groceries, trashnet) two to five are. Where
 * doubts turn out to be right, the next ones are worth asking about, too.
 */
const leastDoubt = { usually: 0.25, whereLabelsAreWrong: 0 };
/** So many answers in a row that change nothing end that. */
const patience = 5;

/** From which doubt on to ask. `changed`: of every label that a person looked at again, oldest first, whether it was wrong. */
export function leastDoubtAfter(changed: readonly boolean[]): number {
  return changed.slice(-patience).some(Boolean) ? leastDoubt.whereLabelsAreWrong : leastDoubt.usually;
}

/** An example whose label the others contradict, by its place, the label that they speak for, and how much (up to about 1). */
export type Doubt = { readonly place: number; readonly rival: string | null; readonly size: number };

/**
 * The examples whose labels look wrong by more than `least`, the most doubtful first, and none that nobody said. `mean`, `[d]`: the
 * model's `meanEmbedding`.
 */
export function doubtsOf(examples: readonly Example[], mean: Float32Array, least: number): readonly Doubt[] {
  const support = judgedByOthers(examples, mean);
  const labels = [...new Set(examples.map(({ label }) => label))];
  return examples
    .flatMap(({ label, unsaid }, place) => {
      if (unsaid) return [];
      const own = ownWeight * support(place, label);
      const rivals = labels
        .filter((other) => other !== label)
        .map((rival) => ({ place, rival, size: support(place, rival) - own }));
      return rivals.sort((a, b) => b.size - a.size).slice(0, 1);
    })
    .filter(({ size }) => size > least)
    .sort((a, b) => b.size - a.size);
}

/**
 * How far all other examples speak for a label of the example at a place. Kernel ridge regression, leave-one-out in closed
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
  const matrix = innerProducts(directions).map(similarity);
  for (const [i, example] of examples.entries())
    matrix[i * n + i] =
      (matrix[i * n + i] ?? 0) + (ridge * Math.sqrt(counts.get(example.label) ?? 1)) / trustIn(example);
  const lower = new Float64Array(n * n);
  cholesky(matrix, n, lower);
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
