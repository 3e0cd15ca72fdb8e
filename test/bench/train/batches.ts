/** Batches like those of a real training: pictures with structure, and labels that can be learnt from them. */
import type { Random } from '../../../protocol/learning/random.ts';
import { seededRandom, shuffled } from '../../../protocol/learning/random.ts';
import type { AugmentationName } from '../../../server/training/augment.ts';
import { augmentations } from '../../../server/training/augment.ts';
import { joined } from '../../../server/training/inference.ts';
import type { Batch, LossTerm, TrainerOptions } from '../../../server/training/trainer.ts';
import type { Pattern } from '../../support/drawn-patterns.ts';
import { drawPattern } from '../../support/drawn-patterns.ts';
import { outputSizes } from './task.ts';

export type Example = { readonly input: Float32Array; readonly label: number };

const patterns: readonly Pattern[] = [
  'red bars',
  'green rows',
  'blue checks',
  'grey dots',
  'yellow rows',
  'pink checks',
];

/** Of the labels, so many are drawn by lot: the loss stays about where that of photos is, and no gradient fades away. */
const wrongShare = 0.3;

/** Drawn pictures, `[size, size, 3]` each, augmented as the recipe does; the pattern gives the label, mostly. */
export function drawnExamples(options: {
  readonly count: number;
  readonly size: number;
  readonly classes: number;
  readonly augmentation: AugmentationName;
  readonly seed: number;
}): readonly Example[] {
  const { count, size, classes, augmentation, seed } = options;
  const random = seededRandom(seed);
  const used = patterns.slice(0, classes);
  return Array.from({ length: count }, () => {
    const drawn = Math.floor(random.next() * used.length);
    const input = new Float32Array(size * size * 3);
    augmentations[augmentation](drawPattern(used[drawn] ?? 'red bars', random), size, random, input);
    return { input, label: random.next() < wrongShare ? Math.floor(random.next() * classes) : drawn };
  });
}

/**
 * The examples in full batches, in random order. A softmax layer's target is the label; a cosine layer's a vector that all
 * examples of the label share.
 */
export function batchesOf(
  { spec, losses, batchSize }: TrainerOptions,
  examples: readonly Example[],
  random: Random,
): readonly Batch[] {
  const sizes = outputSizes(spec);
  const order = shuffled(examples, random);
  return Array.from({ length: Math.floor(order.length / batchSize) }, (_, i) => {
    const members = order.slice(i * batchSize, (i + 1) * batchSize);
    const targetsOf = ({ kind, layer }: LossTerm): Float32Array =>
      joined(members.map(({ label }) => target(kind, label, sizes.get(layer) ?? 0)));
    return {
      count: batchSize,
      inputs: joined(members.map(({ input }) => input)),
      targets: new Map(losses.map((term) => [term.layer, targetsOf(term)])),
    };
  });
}

function target(kind: LossTerm['kind'], label: number, units: number): Float32Array {
  switch (kind) {
    case 'softmaxCrossEntropy':
      return new Float32Array(units).fill(1, label, label + 1);
    case 'cosine': {
      const random = seededRandom(label);
      return Float32Array.from({ length: units }, () => random.next() * 2 - 1);
    }
    default:
      return kind satisfies never;
  }
}
