/**
 * Device → hub: this device of the room is to be let in no more. Its secret is void at once and its connections are
 * closed with a refusal `removed`; what it gave stays. The hub answers `devices`, or `refusal`.
 */
import * as v from 'valibot';
import { deviceIdSchema } from '../ids.ts';

export const removeDeviceSchema = v.strictObject({ type: v.literal('remove-device'), device: deviceIdSchema });
export type RemoveDevice = v.InferOutput<typeof removeDeviceSchema>;
