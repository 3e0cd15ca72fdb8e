/** Device → hub, after an offer: what became of it. The hub remembers which device runs which version. */
import * as v from 'valibot';
import { textSchema } from '../fields.ts';
import { modelHashSchema } from '../ids.ts';

export const modelStatusSchema = v.strictObject({
  type: v.literal('model-status'),
  model: modelHashSchema,
  status: v.variant('kind', [
    /** Loaded, self-tested and labelling frames. */
    v.strictObject({ kind: v.literal('live') }),
    /** Not taken; the device stays with what it had. */
    v.strictObject({ kind: v.literal('rejected'), why: textSchema }),
  ]),
});
export type ModelStatus = v.InferOutput<typeof modelStatusSchema>;
