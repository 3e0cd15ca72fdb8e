/** Device → hub, when someone looks at the room's devices: send them. The hub answers `devices`. */
import * as v from 'valibot';

export const devicesRequestSchema = v.strictObject({ type: v.literal('devices-request') });
export type DevicesRequest = v.InferOutput<typeof devicesRequestSchema>;
