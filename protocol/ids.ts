/** Ids as branded types, and where new ones are made. */
import { v7 } from 'uuid';
import * as v from 'valibot';
import { maxNameLength } from './limits.ts';

const uuidV7 = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** A sample's id, made on the device that took it. UUIDv7: sorts by time of making. */
export const sampleIdSchema = v.pipe(uuidV7, v.brand('SampleId'));
export type SampleId = v.InferOutput<typeof sampleIdSchema>;

/** A label event's id, made on the device on which someone said it. */
export const eventIdSchema = v.pipe(uuidV7, v.brand('EventId'));
export type EventId = v.InferOutput<typeof eventIdSchema>;

/** A device's id, made once at its first start and kept. */
export const deviceIdSchema = v.pipe(uuidV7, v.brand('DeviceId'));
export type DeviceId = v.InferOutput<typeof deviceIdSchema>;

/** A run of frames taken together: neighbouring frames are the same picture, so a burst is split as one. */
export const burstIdSchema = v.pipe(uuidV7, v.brand('BurstId'));
export type BurstId = v.InferOutput<typeof burstIdSchema>;

/** SHA-256 of a model file, in hex. It names the version for ever. */
export const modelHashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.brand('ModelHash'));
export type ModelHash = v.InferOutput<typeof modelHashSchema>;

/** One label set, its samples and its line of models. */
export const roomNameSchema = v.pipe(
  v.string(),
  v.maxLength(maxNameLength),
  v.regex(/^[a-z0-9][a-z0-9-]*$/),
  v.brand('RoomName'),
);
export type RoomName = v.InferOutput<typeof roomNameSchema>;

export const newSampleId = (): SampleId => v.parse(sampleIdSchema, v7());
export const newEventId = (): EventId => v.parse(eventIdSchema, v7());
export const newDeviceId = (): DeviceId => v.parse(deviceIdSchema, v7());
export const newBurstId = (): BurstId => v.parse(burstIdSchema, v7());

/** The room of a device that joined no other. */
export const homeRoom: RoomName = v.parse(roomNameSchema, 'home');
