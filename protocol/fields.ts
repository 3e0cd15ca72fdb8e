/** Fields that several messages share, each bounded. */
import * as v from 'valibot';
import { labelKey } from './learning/labels.ts';
import { maxLabelUnits, maxTextLength } from './limits.ts';

/** A sentence for people or a log. Never a payload. */
export const textSchema = v.pipe(v.string(), v.maxLength(maxTextLength));

/** A label's key (see `labelKey`): what a sample shows. */
export const labelSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(maxLabelUnits),
  v.check((label) => labelKey(label) === label, 'Expected a key as labelKey makes it.'),
);

/** Milliseconds since 1970. */
export const timestampMsSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000_000));

export const countSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));

export const fractionSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const finiteSchema = v.pipe(v.number(), v.finite());

const uint8ArraySchema: v.GenericSchema<Uint8Array> = v.instance(Uint8Array);

/** At least one and at most `maxBytes` bytes. */
export const bytesSchema = (maxBytes: number): v.GenericSchema<Uint8Array> =>
  v.pipe(
    uint8ArraySchema,
    v.check(
      (bytes) => bytes.byteLength > 0 && bytes.byteLength <= maxBytes,
      `Expected 1 to ${String(maxBytes)} bytes.`,
    ),
  );

/** SHA-256 of the bytes beside it. */
export const checksumSchema = v.pipe(
  uint8ArraySchema,
  v.check((bytes) => bytes.byteLength === 32, 'Expected the 32 bytes of a SHA-256.'),
);
