/** Device → hub, after an offer with a delta whose parent it holds: send the delta. The hub answers `model-delta` or `refusal`; whole models are fetched over HTTP. */
import * as v from 'valibot';
import { modelHashSchema } from '../ids.ts';

export const modelRequestSchema = v.strictObject({
  type: v.literal('model-request'),
  model: modelHashSchema,
  parent: modelHashSchema,
});
export type ModelRequest = v.InferOutput<typeof modelRequestSchema>;
