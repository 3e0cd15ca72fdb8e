/** Device → hub, when someone wants to bring another device into the room. The hub answers `pairing`, or `refusal`. */
import * as v from 'valibot';

export const pairRequestSchema = v.strictObject({ type: v.literal('pair-request') });
export type PairRequest = v.InferOutput<typeof pairRequestSchema>;
