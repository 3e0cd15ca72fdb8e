/**
 * Device → hub, once it is welcome and when the room has changed: what has changed of its pictures since `after`, the cursor
 * of the last answer; null asks for all. The hub answers `pictures`.
 */
import * as v from 'valibot';
import { cursorSchema } from './pictures.ts';

export const picturesRequestSchema = v.strictObject({
  type: v.literal('pictures-request'),
  after: v.nullable(cursorSchema),
});
export type PicturesRequest = v.InferOutput<typeof picturesRequestSchema>;
