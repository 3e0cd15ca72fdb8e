/**
 * Device → hub: someone said what a sample shows. Later events (by id) win. The hub stores the event, then acknowledges
 * its id; a resend is acknowledged and stored once. An event may arrive before its sample.
 */
import * as v from 'valibot';
import { labelSchema, timestampMsSchema } from '../fields.ts';
import { eventIdSchema, sampleIdSchema } from '../ids.ts';

const envelope = {
  type: v.literal('label-event'),
  id: eventIdSchema,
  sample: sampleIdSchema,
  atMs: timestampMsSchema,
};

/** `label` null is "none of these": an example of no class. */
const named = { ...envelope, label: v.nullable(labelSchema) };

export const labelEventSchema = v.variant('kind', [
  /** The first word on a sample. */
  v.strictObject({ ...named, kind: v.literal('label') }),
  /** A later word that replaces the earlier. */
  v.strictObject({ ...named, kind: v.literal('relabel') }),
  /** Takes back the named event, as if it had never been said. */
  v.strictObject({ ...envelope, kind: v.literal('undo'), undoes: eventIdSchema }),
  /** The sample's picture is to be erased and never used again. */
  v.strictObject({ ...envelope, kind: v.literal('delete') }),
]);
export type LabelEvent = v.InferOutput<typeof labelEventSchema>;
