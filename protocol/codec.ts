/** Messages to bytes and back: MessagePack, with every message checked against its schema on arrival. */
import { Packr } from 'msgpackr/index-no-eval';
import * as v from 'valibot';
import type { DownMessage } from './down.ts';
import { downSchema } from './down.ts';
import { maxDownMessageBytes, maxUpMessageBytes } from './limits.ts';
import type { UpMessage } from './up.ts';
import { upSchema } from './up.ts';

/** Why bytes are no message. `text` names the field, never its content. */
export type DecodeFailure = { readonly kind: 'too-large' | 'malformed' | 'invalid'; readonly text: string };

export type Decoded<Message> =
  { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly failure: DecodeFailure };

// Records and structured clone are extensions of msgpackr: off, so that every MessagePack library reads the wire.
const packr = new Packr({ useRecords: false, copyBuffers: true, moreTypes: false, encodeUndefinedAsNil: false });

/** Packs any plain value whose bytes are `Uint8Array`s; for messages and for files of ours. */
export function pack(value: unknown): Uint8Array {
  return packr.pack(value);
}

/** The inverse of `pack`. The caller bounds the length and parses what comes out. */
export function unpack(bytes: Uint8Array): Decoded<unknown> {
  try {
    return { ok: true, message: packr.unpack(bytes) };
  } catch {
    // msgpackr's own text can hold part of the payload, which does not belong in a log.
    return { ok: false, failure: { kind: 'malformed', text: 'Expected one MessagePack value and nothing after it.' } };
  }
}

export function encode(message: UpMessage | DownMessage): Uint8Array {
  return pack(message);
}

/** For the hub: what a device sent. */
export function decodeUp(bytes: Uint8Array): Decoded<UpMessage> {
  return decode(upSchema, maxUpMessageBytes, bytes);
}

/** For a device: what the hub sent. */
export function decodeDown(bytes: Uint8Array): Decoded<DownMessage> {
  return decode(downSchema, maxDownMessageBytes, bytes);
}

const versionsSchema = v.object({
  type: v.literal('hello'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  minimumVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** The versions that a `hello` names, whatever else that version puts into it; undefined when it is no `hello`. */
export function helloVersions(
  bytes: Uint8Array,
): { readonly version: number; readonly minimumVersion: number } | undefined {
  const unpacked = bytes.byteLength > maxUpMessageBytes ? undefined : unpack(bytes);
  const parsed = v.safeParse(versionsSchema, unpacked?.ok ? unpacked.message : undefined);
  return parsed.success ? parsed.output : undefined;
}

function decode<Schema extends v.GenericSchema>(
  schema: Schema,
  maxBytes: number,
  bytes: Uint8Array,
): Decoded<v.InferOutput<Schema>> {
  if (bytes.byteLength > maxBytes)
    return fail('too-large', `Expected at most ${String(maxBytes)} bytes, came ${String(bytes.byteLength)}.`);
  const unpacked = unpack(bytes);
  if (!unpacked.ok) return unpacked;
  const parsed = v.safeParse(schema, unpacked.message, { abortEarly: true });
  if (parsed.success) return { ok: true, message: parsed.output };
  const [issue] = parsed.issues;
  // Only our own checks have no `expected`; their messages, unlike valibot's, never quote what came.
  const wanted = issue.expected === null ? issue.message : `Expected ${issue.expected}.`;
  return fail('invalid', `Field ${v.getDotPath(issue)?.slice(0, 100) ?? '(the message)'}: ${wanted}`);
}

function fail(kind: DecodeFailure['kind'], text: string): { readonly ok: false; readonly failure: DecodeFailure } {
  return { ok: false, failure: { kind, text: text.slice(0, 300) } };
}
