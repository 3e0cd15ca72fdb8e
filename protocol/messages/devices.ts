/** Hub → device, the answer to `devices-request` and to `remove-device`: who is in the room, and what each has given. */
import * as v from 'valibot';
import { countSchema, timestampMsSchema } from '../fields.ts';
import { deviceIdSchema } from '../ids.ts';
import { maxDevices, maxNameLength } from '../limits.ts';

export const roomDeviceSchema = v.strictObject({
  device: deviceIdSchema,
  name: v.pipe(v.string(), v.maxLength(maxNameLength)),
  /** Whether a page of it is connected now. */
  here: v.boolean(),
  lastSeenAtMs: timestampMsSchema,
  /** Whether it came in with a pairing code, and can be removed; else it is a browser on the hub's own machine. */
  paired: v.boolean(),
  /** Pictures that it took, and pictures, whoever took them, that show what it said. */
  pictures: countSchema,
  labels: countSchema,
});
export type RoomDevice = v.InferOutput<typeof roomDeviceSchema>;

export const devicesSchema = v.strictObject({
  type: v.literal('devices'),
  /** The last seen first. */
  devices: v.pipe(v.array(roomDeviceSchema), v.maxLength(maxDevices)),
});
export type Devices = v.InferOutput<typeof devicesSchema>;
