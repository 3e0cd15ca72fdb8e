/**
 * Device → hub: someone wants an earlier version back. It becomes the room's current one and stays so, and no round is
 * trained meanwhile; null lets go: the newest promoted version is current again and what was said meanwhile is learned.
 * The hub answers with `model-offer` to the whole room, or with `refusal`.
 */
import * as v from 'valibot';
import { countSchema } from '../fields.ts';

export const pinSchema = v.strictObject({ type: v.literal('pin'), version: v.nullable(countSchema) });
export type Pin = v.InferOutput<typeof pinSchema>;
