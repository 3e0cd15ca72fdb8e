/** Hub → device, the answer to `erase`: so much was deleted. */
import * as v from 'valibot';
import { countSchema } from '../fields.ts';

export const erasedSchema = v.strictObject({
  type: v.literal('erased'),
  pictures: countSchema,
  /** Pictures, whoever took them, that showed what this device said, as in `devices`. */
  labels: countSchema,
});
export type Erased = v.InferOutput<typeof erasedSchema>;
