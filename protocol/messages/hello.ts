/** Device → hub, first and once a connection: who I am, what I speak, what I hold. The hub answers `welcome` or `refusal`. */
import * as v from 'valibot';
import { deviceIdSchema, modelHashSchema, roomNameSchema } from '../ids.ts';
import { maxHeldModels, maxNameLength, maxTokenLength } from '../limits.ts';

const tokenSchema = v.pipe(v.string(), v.minLength(16), v.maxLength(maxTokenLength));

/** Off loopback a device must pair once with the one-time token of the hub's QR code; from then on it shows its secret. */
export const credentialSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({ kind: v.literal('pairing'), token: tokenSchema }),
  v.strictObject({ kind: v.literal('secret'), secret: tokenSchema }),
]);
export type Credential = v.InferOutput<typeof credentialSchema>;

export const helloSchema = v.strictObject({
  type: v.literal('hello'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  minimumVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  device: deviceIdSchema,
  deviceName: v.pipe(v.string(), v.minLength(1), v.maxLength(maxNameLength)),
  room: roomNameSchema,
  credential: credentialSchema,
  /** Models that the device keeps, the live one first. */
  holds: v.pipe(v.array(modelHashSchema), v.maxLength(maxHeldModels)),
});
export type Hello = v.InferOutput<typeof helloSchema>;
