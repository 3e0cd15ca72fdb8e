/** Hub → device, the answer to `history-request`: the room's newest versions, and how the current one did on the pictures that judged it. */
import * as v from 'valibot';
import { countSchema, finiteSchema, fractionSchema, labelSchema, timestampMsSchema } from '../fields.ts';
import { maxConfusionSamples, maxConfusions, maxCurvePoints, maxHistoryVersions, maxLabels } from '../limits.ts';
import { sampleIdSchema } from '../ids.ts';
import { reportSchema } from './report.ts';

/** How a training did, after a step, on pictures that it does not learn from. */
export const heldBackSchema = v.strictObject({ step: countSchema, loss: finiteSchema, accuracy: fractionSchema });

/** Answers to the pictures that judged a version, which nobody trained on, and how its training went. */
export const figuresSchema = v.strictObject({
  /**
   * Every label that was taught, has such pictures or was given to one. `taught`: pictures of it that the version learned from;
   * `n`: pictures that judged it; `claimed`: pictures that the version gave this label.
   */
  classes: v.pipe(
    v.array(
      v.strictObject({
        label: labelSchema,
        taught: countSchema,
        n: countSchema,
        rightBefore: countSchema,
        rightAfter: countSchema,
        claimed: countSchema,
      }),
    ),
    v.maxLength(maxLabels),
  ),
  /** `n` pictures of `label` were called `as`; the most frequent first. `samples`: which of the room's own, as far as they fit. */
  confusions: v.pipe(
    v.array(
      v.strictObject({
        label: labelSchema,
        as: labelSchema,
        n: countSchema,
        // Figures that were kept before name none.
        samples: v.optional(v.pipe(v.array(sampleIdSchema), v.maxLength(maxConfusionSamples)), []),
      }),
    ),
    v.maxLength(maxConfusions),
  ),
  /**
   * In the order of steps; the loss is the mean of a batch, the accuracy the part of it that was right. `held`: the newest;
   * `waiting`: corrections that had come since the training began. Of trainings that were kept before, neither is known.
   */
  curve: v.pipe(
    v.array(
      v.strictObject({
        step: countSchema,
        loss: finiteSchema,
        accuracy: fractionSchema,
        held: v.optional(v.nullable(heldBackSchema), null),
        waiting: v.optional(countSchema, 0),
      }),
    ),
    v.maxLength(maxCurvePoints),
  ),
});
export type Figures = v.InferOutput<typeof figuresSchema>;

export const historySchema = v.strictObject({
  type: v.literal('history'),
  /** `pinned`: someone chose it, and no round replaces it. */
  current: v.strictObject({ version: countSchema, pinned: v.boolean() }),
  /** Newest first, with refused candidates. */
  versions: v.pipe(
    v.array(
      v.strictObject({
        version: countSchema,
        createdAtMs: timestampMsSchema,
        /** Right answers of the parent and of this version on the same `n` pictures; null when that was not kept. */
        checked: v.nullable(v.strictObject({ n: countSchema, rightBefore: countSchema, rightAfter: countSchema })),
        /** Null for a base, with which a room begins. */
        report: v.nullable(reportSchema),
      }),
    ),
    v.maxLength(maxHistoryVersions),
  ),
  /** Of the current version; null when no round made it. */
  figures: v.nullable(figuresSchema),
});
export type History = v.InferOutput<typeof historySchema>;
