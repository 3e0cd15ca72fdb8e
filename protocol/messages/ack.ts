/** Hub → device: these samples and label events are committed to disk. The device deletes them from its outbox. */
import * as v from 'valibot';
import { eventIdSchema, sampleIdSchema } from '../ids.ts';
import { maxAckedIds } from '../limits.ts';

export const ackSchema = v.strictObject({
  type: v.literal('ack'),
  samples: v.pipe(v.array(sampleIdSchema), v.maxLength(maxAckedIds)),
  events: v.pipe(v.array(eventIdSchema), v.maxLength(maxAckedIds)),
});
export type Ack = v.InferOutput<typeof ackSchema>;
