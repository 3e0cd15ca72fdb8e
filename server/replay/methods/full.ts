/** All layers trained on the labelled pictures alone, without replay: a new head first, then everything (`occhio train`). */
import { softmax } from '../../../protocol/learning/metrics.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import { seededRandom, shuffled } from '../../../protocol/learning/random.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { cosineRate } from '../../training/fit/learning-rate.ts';
import { probeHead } from '../../training/fit/probe-head.ts';
import { withNewHead } from '../../training/fit/recipes.ts';
import type { StartingPoint } from '../../training/fit/recipes.ts';
import { createInference, joined } from '../../training/inference.ts';
import { pictureOutputs } from '../../training/picture-outputs.ts';
import { pictureAt } from '../../training/pictures.ts';
import { createWasmTrainer } from '../../training/wasm/wasm-trainer.ts';
import type { Correction, Learner } from '../learner.ts';
import type { Material } from '../material.ts';
import type { Course } from '../methods.ts';
import { RetrainedLearner, guessOf, taughtClasses } from './retrained.ts';

/** It takes seconds to minutes, so nobody trains it at every label. */
const growth = 2;
const epochs = 10;
const batchSize = 16;
const peakRate = 3e-4;
const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 1e-4 } as const;

export function full({ material, seed }: Course): Learner {
  const { backbone, pictures, threads } = material;
  return new RetrainedLearner(async (corrections) => {
    const beganMs = performance.now();
    const classes = taughtClasses(corrections);
    const labelOf = new Uint32Array(material.set.files.length);
    for (const { picture, label } of corrections) labelOf[picture] = classes.indexOf(label);
    const train = Uint32Array.from(corrections, ({ picture }) => picture);
    const start = await probeHead(
      withNewHead(backbone.model, classes.length, seed),
      { pictures, train, labelOf },
      { seed, threads },
    );
    const weights = await trainAll(start, { material, corrections, labelOf, seed });
    const seconds = (performance.now() - beganMs) / 1000;
    const { spec } = start;
    const network = await createInference(spec, weights, threads);
    return {
      seconds,
      guess: async (asked) => {
        const indices = Uint32Array.from(asked);
        const logits = await pictureOutputs(network, spec, { layer: spec.head, pictures, indices });
        return logits.map((outputs) => guessOf(softmax(outputs), classes));
      },
      dispose: () => network.dispose(),
    };
  }, growth);
}

type Lesson = {
  readonly material: Material;
  readonly corrections: readonly Correction[];
  readonly labelOf: Uint32Array;
  readonly seed: number;
};

async function trainAll({ spec, weights }: StartingPoint, lesson: Lesson): Promise<Weights> {
  const { corrections, labelOf, material, seed } = lesson;
  const classes = weights.get(`${spec.head}/bias`)?.values.length ?? 0;
  const examples = corrections.map(({ picture }) => ({
    input: toInput(pictureAt(material.pictures, picture), spec.input[0]),
    target: Float32Array.from({ length: classes }, (_, i) => (i === labelOf[picture] ? 1 : 0)),
  }));
  const losses = [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }] as const;
  const trainer = await createWasmTrainer({ spec, weights, batchSize, losses, optimizer }, material);
  const random = seededRandom(seed);
  const rate = cosineRate(peakRate);
  const steps = epochs * Math.ceil(examples.length / batchSize);
  try {
    for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
      const order = shuffled(examples, random);
      for (let first = 0; first < order.length; first += batchSize, step++) {
        const batch = order.slice(first, first + batchSize);
        const targets = new Map([[spec.head, joined(batch.map(({ target }) => target))]]);
        const inputs = joined(batch.map(({ input }) => input));
        await trainer.step({ count: batch.length, inputs, targets }, rate(step, steps));
      }
    }
    return await trainer.weights();
  } finally {
    await trainer.dispose();
  }
}
