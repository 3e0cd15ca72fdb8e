import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { decodeDown, decodeUp, encode, helloVersions, pack } from '../../protocol/codec.ts';
import { downSchema } from '../../protocol/down.ts';
import { labelSchema } from '../../protocol/fields.ts';
import { labelKey } from '../../protocol/learning/labels.ts';
import { maxDownMessageBytes, maxJpegBytes, maxUpMessageBytes } from '../../protocol/limits.ts';
import { upSchema } from '../../protocol/up.ts';
import { downMessages, upMessages } from '../support/messages.ts';
import { newHello, newSample } from '../support/test-device.ts';

describe('the codec', () => {
  it('gives back every message that a device sends', () => {
    const types = upSchema.options.map((option) =>
      option.type === 'variant' ? option.options[0].entries.type.literal : option.entries.type.literal,
    );
    expect(new Set(upMessages.map(({ type }) => type))).toEqual(new Set(types));
    for (const message of upMessages) {
      const decoded = decodeUp(encode(message));
      expect(decoded.ok && plain(decoded.message)).toEqual(plain(message));
    }
  });

  it('gives back every message that the hub sends', () => {
    const types = downSchema.options.map((option) => option.entries.type.literal);
    expect(new Set(downMessages.map(({ type }) => type))).toEqual(new Set(types));
    for (const message of downMessages) {
      const decoded = decodeDown(encode(message));
      expect(decoded.ok && plain(decoded.message)).toEqual(plain(message));
    }
  });

  it('lets the largest picture through and nothing larger', () => {
    expect(decodeUp(encode(newSample(new Uint8Array(maxJpegBytes))))).toMatchObject({ ok: true });
    expect(decodeUp(encode(newSample(new Uint8Array(maxJpegBytes + 1))))).toMatchObject({ ok: false });
    expect(decodeUp(new Uint8Array(maxUpMessageBytes + 1))).toMatchObject({ failure: { kind: 'too-large' } });
    expect(decodeDown(new Uint8Array(maxDownMessageBytes + 1))).toMatchObject({ failure: { kind: 'too-large' } });
  });

  it('copies bytes out of the message that brought them', () => {
    const bytes = encode(newSample(Uint8Array.of(1, 2, 3)));
    const decoded = decodeUp(bytes);
    bytes.fill(0);
    expect(decoded.ok && decoded.message.type === 'sample' && [...decoded.message.jpeg]).toEqual([1, 2, 3]);
  });

  it('says how large a picture may be', () => {
    const decoded = decodeUp(encode(newSample(new Uint8Array(maxJpegBytes + 1))));
    expect(decoded).toMatchObject({ failure: { text: `Field jpeg: Expected 1 to ${String(maxJpegBytes)} bytes.` } });
  });

  it('names the field that does not fit, and never what it held', () => {
    const decoded = decodeUp(pack({ ...newHello(), deviceName: 'secret'.repeat(100) }));
    if (decoded.ok) throw new Error('Too long a name was accepted.');
    expect(decoded.failure.kind).toBe('invalid');
    expect(decoded.failure.text).toContain('deviceName');
    expect(decoded.failure.text).not.toContain('secret');
  });

  it('reads the versions of a hello whose other fields it does not know', () => {
    const future = pack({ type: 'hello', version: 9, minimumVersion: 8, who: 'someone' });
    expect(helloVersions(future)).toMatchObject({ version: 9, minimumVersion: 8 });
    expect(helloVersions(pack({ type: 'sample' }))).toBeUndefined();
    expect(helloVersions(Uint8Array.of(0xc1))).toBeUndefined();
  });
});

it.each(['mug', 'caffè', '🍎'.repeat(60), 'a'.repeat(60)])('takes the label key of %s', (text) => {
  expect(v.is(labelSchema, labelKey(text))).toBe(true);
});

it.each(['Mug', ' mug', 'a  b', 'a'.repeat(61), ''])('does not take %j, which is no label key', (text) => {
  expect(v.is(labelSchema, text)).toBe(false);
});

/** Bytes as lists, so that a Buffer equals the Uint8Array that it is. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      each instanceof Uint8Array ? [...each] : isBufferJson(each) ? each.data : each,
    ),
  );
}

function isBufferJson(value: unknown): value is { readonly data: unknown } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value;
}
