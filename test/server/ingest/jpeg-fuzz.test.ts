import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { Random } from '../../../protocol/learning/random.ts';
import { refusalCodeSchema } from '../../../protocol/messages/refusal.ts';
import { bareJpeg } from '../../../server/ingest/jpeg.ts';
import type { PictureCheck } from '../../../server/ingest/picture-check.ts';
import { checkPicture } from '../../../server/ingest/picture-check.ts';
import { noiseJpeg } from '../../support/test-picture.ts';

const mutations = 2500;

describe('a picture', () => {
  it('keeps its pixels and loses its metadata, comment and tail', async () => {
    const plain = await sharp(await noiseJpeg(1))
      .jpeg({ chromaSubsampling: '4:2:0' })
      .toBuffer();
    const rich = await sharp(plain)
      .withExif({ IFD0: { Artist: 'somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .toBuffer();
    const comment = Buffer.concat([Uint8Array.of(0xff, 0xfe, 0, 9), Buffer.from('private')]);
    const adobe = Buffer.concat([Uint8Array.of(0xff, 0xee, 0, 20), Buffer.from('Adobe\0d\0\0\0\0\x01hidden')]);
    const tail = Buffer.from('<script>tail</script>');
    const dirty = Buffer.concat([rich.subarray(0, 2), comment, adobe, rich.subarray(2), tail]);
    const checked = await checkPicture(dirty);
    if (!checked.ok) throw new Error(checked.text);
    const metadata = await sharp(checked.jpeg).metadata();
    expect([metadata.exif, metadata.comments]).toEqual([undefined, undefined]);
    for (const word of ['somebody', 'private', 'hidden', 'tail'])
      expect(Buffer.from(checked.jpeg).includes(word)).toBe(false);
    const pixels = (file: Uint8Array): Promise<Buffer> => sharp(file).raw().toBuffer();
    expect((await pixels(checked.jpeg)).equals(await pixels(rich))).toBe(true);
  });

  it('loses its colour profile: the values that the device saw stay', async () => {
    const profiled = await sharp(await noiseJpeg(1))
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const checked = await checkPicture(profiled);
    if (!checked.ok) throw new Error(checked.text);
    expect((await sharp(checked.jpeg).metadata()).icc).toBeUndefined();
    const scan = (file: Uint8Array): Uint8Array => file.subarray(indexOfMarker(file, 0xda));
    expect(Buffer.from(scan(checked.jpeg)).equals(scan(profiled))).toBe(true);
  });

  it.each([{ progressive: true }, { mozjpeg: true }, { chromaSubsampling: '4:4:4' }])(
    'is taken when written with %j',
    async (options) => {
      const file = await sharp(await noiseJpeg(2))
        .jpeg(options)
        .toBuffer();
      expect(await checkPicture(file)).toMatchObject({ ok: true });
    },
  );

  it('is taken in grey', async () => {
    const grey = await sharp(await noiseJpeg(2))
      .greyscale()
      .jpeg()
      .toBuffer();
    expect(await checkPicture(grey)).toMatchObject({ ok: true });
  });
});

describe('what is no sample picture is refused by name', () => {
  it('a header of 20,000 x 20,000 pixels, without decoding it', async () => {
    const file = resized(await noiseJpeg(3), 20_000, 20_000);
    const start = performance.now();
    expect(await checkPicture(file)).toMatchObject({ ok: false, code: 'too-many-pixels' });
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('a real picture of more than a megapixel', async () => {
    const file = await sharp({ create: { width: 1001, height: 1000, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    expect(await checkPicture(file)).toMatchObject({ code: 'too-many-pixels' });
  });

  it('a size that the coded data do not fill', async () => {
    expect(await checkPicture(resized(await noiseJpeg(4), 900, 900))).toMatchObject({ code: 'not-an-image' });
  });

  it.each(['png', 'webp', 'gif'] as const)('a %s', async (format) => {
    const file = await sharp(await noiseJpeg(5))
      .toFormat(format)
      .toBuffer();
    expect(await checkPicture(file)).toMatchObject({ code: 'not-an-image' });
  });

  it('a JPEG cut anywhere', async () => {
    const file = await noiseJpeg(6);
    for (let length = 0; length < file.length - 2; length += 97)
      expect(await checkPicture(file.subarray(0, length))).toMatchObject({ ok: false, code: 'not-an-image' });
  });

  it('a picture in the four colours of print', async () => {
    const file = await sharp(await noiseJpeg(7))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect(await checkPicture(file)).toMatchObject({ code: 'not-an-image' });
  });

  it('two pictures in one file, and a picture with a thousand scans', async () => {
    const file = await noiseJpeg(7);
    const frame = indexOfMarker(file, 0xc0);
    const twice = Buffer.concat([file.subarray(0, frame), file.subarray(frame, frame + 19), file.subarray(frame)]);
    expect(bareJpeg(twice)).toEqual({ problem: 'it holds more than one picture' });
    const scan = file.subarray(indexOfMarker(file, 0xda), file.length - 2);
    const many = Buffer.concat([file.subarray(0, file.length - 2), ...Array.from({ length: 1000 }, () => scan)]);
    expect(bareJpeg(many)).toEqual({ problem: 'it has too many scans' });
  });
});

it(`survives ${String(mutations)} mutated pictures: each is taken or refused by one name, and memory stays bounded`, async () => {
  const random = seededRandom(7);
  const valid = await Promise.all([
    noiseJpeg(8, 48),
    sharp(await noiseJpeg(9, 48))
      .jpeg({ progressive: true })
      .toBuffer(),
    sharp(await noiseJpeg(10, 48))
      .withExif({ IFD0: { Artist: 'a' } })
      .jpeg({ chromaSubsampling: '4:4:4' })
      .toBuffer(),
  ]);
  const outcomes: Record<string, number> = {};
  const before = process.memoryUsage().rss;
  for (let done = 0; done < mutations; done += 50) {
    const files = Array.from({ length: 50 }, () => mutated(valid, random));
    for (const checked of await Promise.all(files.map(checkPicture))) {
      const outcome = nameOf(checked);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  }
  expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(mutations);
  for (const outcome of ['taken', 'not-an-image', 'too-many-pixels']) expect(outcomes[outcome]).toBeGreaterThan(5);
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
});

function nameOf(checked: PictureCheck): string {
  if (checked.ok) return 'taken';
  expect(refusalCodeSchema.options).toContain(checked.code);
  return checked.code;
}

function mutated(valid: readonly Uint8Array[], random: Random): Uint8Array {
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const file = Buffer.from(valid[below(valid.length)] ?? []);
  switch (below(5)) {
    case 0:
      return file.subarray(0, below(file.length));
    case 1:
      return resized(file, below(65_536), below(65_536));
    case 2:
      return Buffer.concat([file.subarray(0, below(file.length)), valid[below(valid.length)] ?? file]);
    default: {
      // Mostly in the headers, where a byte changes what all others mean.
      for (let flips = 1 + below(4); flips > 0; flips--)
        file[below(random.next() < 0.7 ? 640 : file.length)] = below(256);
      return file;
    }
  }
}

/** The same file with another size in its frame header. */
function resized(file: Uint8Array, width: number, height: number): Uint8Array {
  const copy = Buffer.from(file);
  const frame = [0xc0, 0xc2].map((marker) => indexOfMarker(copy, marker)).find((at) => at >= 0) ?? 0;
  copy.writeUInt16BE(height, frame + 5);
  copy.writeUInt16BE(width, frame + 7);
  return copy;
}

function indexOfMarker(file: Uint8Array, marker: number): number {
  return Buffer.from(file).indexOf(Uint8Array.of(0xff, marker));
}
