/** What trains on this machine, in words. */
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { createTrainer } from '../backends.ts';
import type { Runtime } from '../backends.ts';

const smallest: ModelSpec = {
  name: 'smallest',
  input: [1, 1, 1],
  layers: [
    { kind: 'flatten', name: 'embedding' },
    { kind: 'dense', name: 'head', units: 1, activation: 'none' },
  ],
  embedding: 'embedding',
  head: 'head',
};

/** Rejects as `createTrainer` does when the backend that was named is not there. */
export async function engineName(runtime: Runtime): Promise<string> {
  const trainer = await createTrainer(
    {
      spec: smallest,
      weights: initialWeights(smallest, seededRandom(1)),
      batchSize: 1,
      losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
      optimizer: { kind: 'sgd', momentum: 0, weightDecay: 0 },
    },
    runtime,
  );
  await trainer.dispose();
  return trainer.backend;
}
