/**
 * Device → hub, when someone looks at the room's pictures: what has changed of them since `after`, the cursor of the last
 * answer; null asks for all. The hub answers `pictures`.
 */
import * as v from 'valibot';
import { cursorSchema } from './pictures.ts';

export const picturesRequestSchema = v.strictObject({
  type: v.literal('pictures-request'),
  after: v.nullable(cursorSchema),
});
export type PicturesRequest = v.InferOutput<typeof picturesRequestSchema>;
