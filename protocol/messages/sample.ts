/** Device → hub: a frame that was kept, with its picture. The hub stores it, then acknowledges its id; a resend is acknowledged and stored once. */
import * as v from 'valibot';
import { bytesSchema, checksumSchema, fractionSchema, labelSchema, timestampMsSchema } from '../fields.ts';
import { burstIdSchema, modelHashSchema, sampleIdSchema } from '../ids.ts';
import { maxJpegBytes } from '../limits.ts';

/** Why the frame was kept. `corrected`: a person said what it shows; the others: the device would like to know. */
export const reasonSchema = v.picklist(['corrected', 'unsure', 'novel', 'flickering']);
export type Reason = v.InferOutput<typeof reasonSchema>;

export const sampleSchema = v.strictObject({
  type: v.literal('sample'),
  id: sampleIdSchema,
  capturedAtMs: timestampMsSchema,
  burst: burstIdSchema,
  reason: reasonSchema,
  /** What the device saw in it; null when no model was live. */
  prediction: v.nullable(v.strictObject({ label: labelSchema, probability: fractionSchema, model: modelHashSchema })),
  /** The square crop that the network saw, as JPEG. */
  jpeg: bytesSchema(maxJpegBytes),
  /** SHA-256 of `jpeg`. */
  checksum: checksumSchema,
});
export type Sample = v.InferOutput<typeof sampleSchema>;
