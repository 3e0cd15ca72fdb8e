/**
 * Hub → device: one thing was not taken. A refusal of an id ends that sample or event (the device puts it aside and
 * shows why), unless its code is one of `passingRefusals`; one without an id comes before the connection is closed.
 */
import * as v from 'valibot';
import { countSchema, textSchema } from '../fields.ts';
import { deviceIdSchema, eventIdSchema, modelHashSchema, sampleIdSchema } from '../ids.ts';

export const refusalCodeSchema = v.picklist([
  'version',
  'not-paired',
  'removed',
  'malformed',
  'not-an-image',
  'too-many-pixels',
  'checksum',
  'id-taken',
  'unknown-model',
  'no-delta',
  'unknown-device',
  'no-network',
  'too-many',
  'storage-full',
]);
export type RefusalCode = v.InferOutput<typeof refusalCodeSchema>;

/** The hub has no room just now: the device keeps what was refused in its outbox and sends it again later. */
export const passingRefusals: readonly RefusalCode[] = ['too-many', 'storage-full'];

export const refusalSchema = v.strictObject({
  type: v.literal('refusal'),
  code: refusalCodeSchema,
  /** What was expected, what came, what to do. */
  text: textSchema,
  of: v.variant('kind', [
    v.strictObject({ kind: v.literal('connection') }),
    v.strictObject({ kind: v.literal('sample'), id: sampleIdSchema }),
    v.strictObject({ kind: v.literal('label-event'), id: eventIdSchema }),
    v.strictObject({ kind: v.literal('model'), id: modelHashSchema }),
    v.strictObject({ kind: v.literal('pin'), version: v.nullable(countSchema) }),
    v.strictObject({ kind: v.literal('pairing') }),
    v.strictObject({ kind: v.literal('device'), id: deviceIdSchema }),
  ]),
});
export type Refusal = v.InferOutput<typeof refusalSchema>;
