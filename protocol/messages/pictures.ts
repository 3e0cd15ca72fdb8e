/** Hub → device, the answer to `pictures-request`: a page of what has changed of the room's pictures, oldest change first. */
import * as v from 'valibot';
import { countSchema, fractionSchema, labelSchema, timestampMsSchema } from '../fields.ts';
import { deviceIdSchema, eventIdSchema, sampleIdSchema } from '../ids.ts';
import { maxCursorLength, maxNameLength, maxPictures } from '../limits.ts';
import { reasonSchema } from './sample.ts';

/** The hub's own mark of how far a device has read; nobody else looks into it. */
export const cursorSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(maxCursorLength));

/** `label` null is "none of these". */
const wordSchema = { label: v.nullable(labelSchema) };

/** `deviceName` null: the device has never been here, and what it gave was imported. */
const giverSchema = { device: deviceIdSchema, deviceName: v.nullable(v.pipe(v.string(), v.maxLength(maxNameLength))) };

export const pictureEntrySchema = v.strictObject({
  sample: sampleIdSchema,
  capturedAtMs: timestampMsSchema,
  ...giverSchema,
  reason: reasonSchema,
  /** What the device saw in it when it kept it. */
  prediction: v.nullable(v.strictObject({ label: labelSchema, probability: fractionSchema })),
  /** What it shows, as the label log decides, the event that says so, and who said it; null when nobody has said. */
  said: v.nullable(v.strictObject({ ...wordSchema, event: eventIdSchema, ...giverSchema })),
  /** What somebody else said before (`disputeOf` in label-log); null when nobody disagrees. */
  dispute: v.nullable(v.strictObject(wordSchema)),
  /** Whether it judges versions and is never learned from. */
  heldOut: v.boolean(),
  /** The first version that learned from it as it is labelled now. */
  learnedIn: v.nullable(countSchema),
});
export type PictureEntry = v.InferOutput<typeof pictureEntrySchema>;

export const picturesSchema = v.strictObject({
  type: v.literal('pictures'),
  /** Whether this begins at the beginning: the device forgets what it knew. */
  fresh: v.boolean(),
  /** Each replaces what the device knew of that sample. */
  entries: v.pipe(v.array(pictureEntrySchema), v.maxLength(maxPictures)),
  /** Samples whose pictures were deleted. */
  gone: v.pipe(v.array(sampleIdSchema), v.maxLength(maxPictures)),
  cursor: cursorSchema,
  /** Whether there is more after `cursor`. */
  more: v.boolean(),
});
export type Pictures = v.InferOutput<typeof picturesSchema>;
