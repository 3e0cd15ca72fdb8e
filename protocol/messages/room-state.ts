/** Hub → device, after `welcome` and whenever it changes: what the room holds. */
import * as v from 'valibot';
import { countSchema, labelSchema } from '../fields.ts';
import { modelHashSchema, roomNameSchema } from '../ids.ts';
import { maxLabels } from '../limits.ts';

export const roomStateSchema = v.strictObject({
  type: v.literal('room-state'),
  room: roomNameSchema,
  current: v.strictObject({ model: modelHashSchema, version: countSchema }),
  /** Labels that people gave in this room, with the samples that carry each. */
  labels: v.pipe(v.array(v.strictObject({ label: labelSchema, samples: countSchema })), v.maxLength(maxLabels)),
  samples: countSchema,
  /** Labelled samples that the current version has not learned from yet. */
  pending: countSchema,
  devices: countSchema,
});
export type RoomState = v.InferOutput<typeof roomStateSchema>;
