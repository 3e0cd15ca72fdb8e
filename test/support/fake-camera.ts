/** What a camera would see: a picture in the middle of a wider frame, held by a hand that is never quite still. */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Random } from '../../protocol/learning/random.ts';

const width = 640;
const height = 480;
/** Frames of each picture, at the camera's thirty a second. */
const framesEach = 9;
const shake = 12;

/** One frame as JPEG: the picture fills its middle square, moved by at most `shake` pixels. */
export async function cameraFrame(picture: Uint8Array, random: Random): Promise<Buffer> {
  const side = height + 2 * shake;
  const moved = (): number => Math.round(random.next() * 2 * shake);
  const square = await sharp(picture).resize(side, side, { fit: 'cover' }).toBuffer();
  const seen = await sharp(square).extract({ left: moved(), top: moved(), width: height, height }).toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#8a8578' } })
    .composite([{ input: seen, left: (width - height) / 2, top: 0 }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** Writes a Motion JPEG in which each picture is seen for a third of a second. */
export async function writeCameraFile(path: string, pictures: readonly Uint8Array[], random: Random): Promise<void> {
  const frames: Buffer[] = [];
  for (const picture of pictures)
    for (let frame = 0; frame < framesEach; frame++) frames.push(await cameraFrame(picture, random));
  await writeFile(path, Buffer.concat(frames));
}
