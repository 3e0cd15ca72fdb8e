/** Hub → every device of the room, whenever it changes and about once a second while training: what the trainer does. */
import * as v from 'valibot';
import { countSchema, finiteSchema, fractionSchema, textSchema } from '../fields.ts';
import { heldBackSchema } from './history.ts';

export const trainStatusSchema = v.strictObject({
  type: v.literal('train-status'),
  status: v.variant('kind', [
    v.strictObject({ kind: v.literal('idle') }),
    /** Corrections have come and a round is about to start. */
    v.strictObject({ kind: v.literal('queued'), corrections: countSchema }),
    v.strictObject({
      kind: v.literal('training'),
      step: countSchema,
      steps: countSchema,
      loss: finiteSchema,
      accuracy: fractionSchema,
      /** The newest; null before the first. */
      held: v.nullable(heldBackSchema),
      /** Corrections that have come since the training began: the next one learns from them. */
      waiting: countSchema,
    }),
    /** The gate judges the candidate. */
    v.strictObject({ kind: v.literal('checking') }),
    v.strictObject({ kind: v.literal('failed'), why: textSchema }),
  ]),
});
export type TrainStatus = v.InferOutput<typeof trainStatusSchema>;
