/** Hub → every device of the room, after each round: the gate's verdict on the candidate, with reasons and what changed. */
import * as v from 'valibot';
import { countSchema, finiteSchema, labelSchema, textSchema } from '../fields.ts';
import { modelHashSchema, sampleIdSchema } from '../ids.ts';
import { maxLabels, maxReasons, maxReportSamples } from '../limits.ts';

const samplesSchema = v.pipe(v.array(sampleIdSchema), v.maxLength(maxReportSamples));

export const reportSchema = v.strictObject({
  type: v.literal('report'),
  model: modelHashSchema,
  parent: modelHashSchema,
  /** Of the candidate: what it has become, or would have. */
  version: countSchema,
  /** `in-trial`: promoted, but with too few examples to judge the new classes. */
  verdict: v.picklist(['promoted', 'in-trial', 'refused']),
  /** In English; the app makes its own sentences, from the figures. */
  reasons: v.pipe(v.array(textSchema), v.maxLength(maxReasons)),
  /** Samples that the parent got wrong and the candidate gets right, and the reverse. */
  fixes: samplesSchema,
  breaks: samplesSchema,
  /** Classes whose figures changed, or that are new. Right answers out of `n` validation samples. */
  classes: v.pipe(
    v.array(v.strictObject({ label: labelSchema, n: countSchema, rightBefore: countSchema, rightAfter: countSchema })),
    v.maxLength(maxLabels),
  ),
  /** Corrections that this candidate learned from. */
  corrections: countSchema,
  /** What travels to a device that holds the parent. */
  deltaBytes: countSchema,
  seconds: v.pipe(finiteSchema, v.minValue(0)),
});
export type Report = v.InferOutput<typeof reportSchema>;
