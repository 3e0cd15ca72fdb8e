import { expect, it } from 'vitest';
import { decodeDown, decodeUp, encode, pack } from '../../protocol/codec.ts';
import { seededRandom } from '../../protocol/learning/random.ts';
import type { Random } from '../../protocol/learning/random.ts';
import { maxUpMessageBytes } from '../../protocol/limits.ts';
import { downMessages, upMessages } from '../support/messages.ts';

const rounds = 100_000;

/** What a MessagePack reader might stumble over: huge lengths, extensions, depth, odd numbers, a dangerous key. */
const nasty: readonly Uint8Array[] = [
  ...[0xdd, 0xdf, 0xdb, 0xc6, 0xc9].map((token) => Uint8Array.of(token, 0xff, 0xff, 0xff, 0xff)),
  ...[0xdc, 0xde, 0xda, 0xc5, 0xc8].map((token) => Uint8Array.of(token, 0xff, 0xff)),
  ...[0x00, 0x42, 0x62, 0x65, 0x69, 0x70, 0x72, 0x73, 0x74, 0x78, 0xff].flatMap((type) => [
    Uint8Array.of(0xd4, type, 0x41),
    Uint8Array.of(0xd6, type, 1, 2, 3, 4),
    Uint8Array.of(0xc7, 4, type, 0x93, 0xc0, 0x01, 0xa1),
  ]),
  Uint8Array.of(0xc1),
  Uint8Array.of(0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0),
  Uint8Array.of(0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  new Uint8Array(3000).fill(0x91),
  new Uint8Array(3000).fill(0x81),
  pack({ ['__proto__']: { polluted: true }, constructor: { prototype: { polluted: true } } }),
  Buffer.concat([Uint8Array.of(0x81, 0xa9), Buffer.from('__proto__'), pack({ polluted: true })]),
];

it(`survives ${String(rounds)} mutated messages: each is a message or one named failure, and nothing stays behind`, () => {
  const random = seededRandom(20_261_123);
  const valid = [
    ...upMessages.map((message) => ({ bytes: encode(message), decode: decodeUp })),
    ...downMessages.map((message) => ({ bytes: encode(message), decode: decodeDown })),
  ];
  const kinds: Record<string, number> = {};
  const before = heapBytes();
  let largestMs = 0;
  for (let round = 0; round < rounds; round++) {
    const { bytes, decode } = pick(valid, random);
    const came = mutated(bytes, random);
    const start = performance.now();
    const decoded = decode(came);
    const kind = decoded.ok ? decoded.message.type : decoded.failure.kind;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (!decoded.ok && decoded.failure.text.length > 300) throw new Error('Too long a reason.');
    largestMs = Math.max(largestMs, performance.now() - start);
  }
  // The mutations reach every outcome: both failures, and messages of which only a harmless bit changed.
  for (const kind of ['malformed', 'invalid', 'sample', 'hello', 'ack']) expect(kinds[kind]).toBeGreaterThan(20);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(heapBytes() - before).toBeLessThan(30 * 2 ** 20);
  expect(largestMs).toBeLessThan(1000);
});

it('answers the largest messages that cost the most with a named failure, quickly', () => {
  const fill = (byte: number): Uint8Array => new Uint8Array(maxUpMessageBytes).fill(byte);
  const header = (...bytes: number[]): Uint8Array => {
    const filled = fill(0xc0);
    filled.set(bytes);
    return filled;
  };
  const count = maxUpMessageBytes - 5;
  const costly = [
    fill(0x91),
    fill(0x81),
    fill(0x9f),
    fill(0xdd),
    header(0xdd, 0, count >> 16, (count >> 8) & 255, count & 255),
    header(0xdf, 0, (count / 2) >> 16, (count / 2 / 256) & 255, (count / 2) & 255),
    header(0xdd, 0x01, 0xff, 0xff, 0xff),
  ];
  for (const bytes of costly) {
    const start = performance.now();
    expect(decodeUp(bytes)).toMatchObject({ ok: false });
    expect(performance.now() - start).toBeLessThan(2000);
  }
});

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  const times = 1 + Math.floor(random.next() * 4);
  for (let time = 0; time < times; time++) result = mutatedOnce(result, random);
  return result;
}

function mutatedOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random.next() * bytes.length);
  switch (Math.floor(random.next() * 6)) {
    case 0:
      return bytes.with(at, bytes[at]! ^ (1 << Math.floor(random.next() * 8))); // `at` is within.
    case 1:
      return bytes.with(at, Math.floor(random.next() * 256));
    case 2:
      return bytes.slice(0, at + 1);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), pick(nasty, random), bytes.subarray(at)]);
    case 4: {
      const insert = pick(nasty, random);
      return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + insert.length)]);
    }
    default: {
      const end = at + Math.floor(random.next() * 40);
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    }
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random.next() * items.length)] as T; // The lists are not empty.
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
