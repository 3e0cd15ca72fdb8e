/** How each network is trained from the command line: where it starts and with which settings. */
import type { BackboneName } from '../../../protocol/learning/backbones/backbones.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import { initialWeights } from '../../../protocol/learning/initial-weights.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import { shippedDir } from '../../models/shipped-base.ts';
import { readTfjsModel } from '../../models/tfjs-format.ts';
import type { AugmentationName } from '../augment.ts';
import type { Optimizer } from '../trainer.ts';

export type StartingPoint = { readonly spec: ModelSpec; readonly weights: Weights };

export type Recipe = {
  /** The network for so many labels, with the weights to begin from. */
  readonly start: (labels: number, seed: number) => Promise<StartingPoint>;
  /** Whether the backbone knows something already, so that the head is trained before the rest: see `probeHead`. */
  readonly probe: boolean;
  readonly augmentation: AugmentationName;
  readonly epochs: number;
  readonly batchSize: number;
  /** The peak of the learning rate, which follows `cosineRate`. */
  readonly rate: number;
  readonly optimizer: Optimizer;
};

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;

/** A recipe for each backbone. */
export const recipes = {
  /** The talk's own, from nothing with Adam, but for the rate: it falls from Keras' default to 0, which ends calmer than a constant one. */
  talk: {
    start: (labels, seed) => {
      const spec = talk({ classes: labels });
      return Promise.resolve({ spec, weights: initialWeights(spec, seededRandom(seed)) });
    },
    probe: false,
    augmentation: 'talk',
    epochs: 5,
    batchSize: 32,
    rate: 0.001,
    optimizer: adam,
  },
  /** The base model with a new head, trained first alone and then with all layers. */
  mobile: {
    start: async (labels, seed) => withNewHead(await readTfjsModel(shippedDir), labels, seed),
    probe: true,
    augmentation: 'mobile',
    epochs: 20,
    batchSize: 32,
    rate: 0.001,
    optimizer: { ...adam, weightDecay: 0.0001 },
  },
} satisfies Record<BackboneName, Recipe>;

/** The same network with an untrained head for `labels` labels. */
export function withNewHead(model: StartingPoint, labels: number, seed: number): StartingPoint {
  const { head } = model.spec;
  const layers = model.spec.layers.map((layer) =>
    layer.name === head && layer.kind === 'dense' ? { ...layer, units: labels } : layer,
  );
  const spec = { ...model.spec, layers };
  const fresh = initialWeights(spec, seededRandom(seed));
  const weights = new Map(
    [...fresh].map(([name, weight]) => [
      name,
      name.startsWith(`${head}/`) ? weight : (model.weights.get(name) ?? weight),
    ]),
  );
  return { spec, weights };
}
