/**
 * Hub → device: this is the room's current version. The device fetches `/models/<model>` (immutable) or, when it holds
 * the delta's parent, asks for the delta; then it answers `model-status`.
 */
import * as v from 'valibot';
import { countSchema } from '../fields.ts';
import { modelHashSchema } from '../ids.ts';
import { maxDeltaBytes, maxModelBytes } from '../limits.ts';

export const modelOfferSchema = v.strictObject({
  type: v.literal('model-offer'),
  model: modelHashSchema,
  /** Counts up within the room, from 1. */
  version: countSchema,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxModelBytes)),
  delta: v.nullable(
    v.strictObject({
      parent: modelHashSchema,
      bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxDeltaBytes)),
    }),
  ),
});
export type ModelOffer = v.InferOutput<typeof modelOfferSchema>;
