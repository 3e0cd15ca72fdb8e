/** Hub → device, the answer to `picture-request`. */
import * as v from 'valibot';
import { bytesSchema } from '../fields.ts';
import { sampleIdSchema } from '../ids.ts';
import { maxJpegBytes } from '../limits.ts';

export const pictureSchema = v.strictObject({
  type: v.literal('picture'),
  sample: sampleIdSchema,
  /** Null when the room has no such picture, or no longer. */
  jpeg: v.nullable(bytesSchema(maxJpegBytes)),
});
export type Picture = v.InferOutput<typeof pictureSchema>;
