/** Draws examples so that every class is as frequent as every other, however many examples it has. */
import type { Random } from '../../../protocol/learning/random.ts';
import { shuffled } from '../../../protocol/learning/random.ts';

/** Endless: classes in turns of random order, and within a class its examples in turns of random order. Nothing of nothing. */
export function* classBalanced<T>(classes: readonly (readonly T[])[], random: Random): Generator<T, void> {
  const drawn = classes.filter((examples) => examples.length > 0).map((examples) => inTurns(examples, random));
  if (drawn.length === 0) return;
  for (const examples of inTurns(drawn, random)) {
    const next = examples.next();
    if (!next.done) yield next.value;
  }
}

/** Endless: all items in a random order, then all again in another. */
function* inTurns<T>(items: readonly T[], random: Random): Generator<T, void> {
  for (;;) yield* shuffled(items, random);
}
