/** Hub → device, the answer to `model-request`: what turns the parent into the model. The device checks that the result's hash is `model`. */
import * as v from 'valibot';
import { bytesSchema } from '../fields.ts';
import { modelHashSchema } from '../ids.ts';
import { maxDeltaBytes } from '../limits.ts';

export const modelDeltaSchema = v.strictObject({
  type: v.literal('model-delta'),
  model: modelHashSchema,
  parent: modelHashSchema,
  /** See `model-delta` in protocol/learning for the layout. The checksum is `model` itself. */
  delta: bytesSchema(maxDeltaBytes),
});
export type ModelDelta = v.InferOutput<typeof modelDeltaSchema>;
