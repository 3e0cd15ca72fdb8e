/** Device → hub, when a picture of the room comes into view that the device does not have. The hub answers `picture`. */
import * as v from 'valibot';
import { sampleIdSchema } from '../ids.ts';

export const pictureRequestSchema = v.strictObject({ type: v.literal('picture-request'), sample: sampleIdSchema });
export type PictureRequest = v.InferOutput<typeof pictureRequestSchema>;
