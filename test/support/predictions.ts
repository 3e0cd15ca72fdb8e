/** Predictions as the recognition worker makes them. */
import * as v from 'valibot';
import type { Prediction } from '../../client/recognition/api.ts';
import type { Names } from '../../protocol/learning/labels.ts';
import type { ModelHash } from '../../protocol/ids.ts';
import { modelHashSchema } from '../../protocol/ids.ts';

export const testModel: ModelHash = v.parse(modelHashSchema, 'c'.repeat(64));

let frames = 0;

/** A prediction of a new frame; `label` null is one that is not known. */
export function newPrediction(options: {
  readonly label: string | null;
  readonly probability: number;
  /** Grey level of the whole picture. */
  readonly luma?: number;
  readonly isNews?: boolean;
  readonly family?: Names;
}): Prediction {
  const { label, probability, luma = 100, isNews = false, family = null } = options;
  const other = { key: 'something else', probability: (1 - probability) / 2 };
  return {
    frame: frames++,
    answers: label === null ? [other] : [{ key: label, probability }, other],
    known: label !== null,
    family,
    isNews,
    signature: new Uint8Array(256).fill(luma),
    sharpness: 10,
    model: testModel,
    ms: 5,
  };
}
