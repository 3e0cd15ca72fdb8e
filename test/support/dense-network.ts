/** The smallest network that trains: cheap on any engine, for tests of what surrounds the mathematics. */
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import type { TrainerOptions } from '../../server/training/trainer.ts';
import { randomWeights } from './random-network.ts';

/** Two dense layers on an input of `[2, 2, 3]`, six classes, batches of four. */
export const denseNetwork: ModelSpec = {
  name: 'dense',
  input: [2, 2, 3],
  layers: [
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'embedding', units: 8, activation: 'relu' },
    { kind: 'dense', name: 'head', units: 6, activation: 'none' },
  ],
  embedding: 'embedding',
  head: 'head',
};

export const denseOptions: TrainerOptions = {
  spec: denseNetwork,
  weights: randomWeights(denseNetwork, 1),
  batchSize: 4,
  losses: [{ layer: 'head', kind: 'softmaxCrossEntropy', weight: 1 }],
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-2, weightDecay: 0.01 },
};
