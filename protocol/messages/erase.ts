/**
 * Device → hub: everything that this device gave is to be deleted, its pictures and what it said of any picture. The hub
 * answers `erased` when nothing of it is on its disk, and trains the next version without it.
 */
import * as v from 'valibot';

export const eraseSchema = v.strictObject({ type: v.literal('erase') });
export type Erase = v.InferOutput<typeof eraseSchema>;
