/** The settings of a training run: what a person asked for, and the recipe's own for the rest. */
import type { BackboneName } from '../../../protocol/learning/backbones/backbones.ts';
import type { AugmentationName } from '../augment.ts';
import { recipes } from './recipes.ts';

export type RunSettings = {
  readonly model: BackboneName;
  readonly seed: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  /** The learning rate, or its peak. */
  readonly rate: number;
  readonly augmentation: AugmentationName;
};

export type AskedSettings = {
  readonly model: BackboneName;
  readonly seed: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly lr?: number;
  readonly augment?: AugmentationName;
};

/** `pictures` are those to train with: an epoch goes once through them, a batch is never larger. */
export function runSettings(asked: AskedSettings, pictures: number): RunSettings {
  const { model, seed } = asked;
  const recipe = recipes[model];
  const batchSize = Math.min(asked.batch ?? recipe.batchSize, pictures);
  return {
    model,
    seed,
    epochs: asked.epochs ?? recipe.epochs,
    stepsPerEpoch: asked.steps ?? Math.ceil(pictures / batchSize),
    batchSize,
    rate: asked.lr ?? recipe.rate,
    augmentation: asked.augment ?? recipe.augmentation,
  };
}
