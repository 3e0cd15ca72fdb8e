/** The pictures of a replay, decoded and run through the front of the backbone: once, for all methods and seeds. */
import sharp from 'sharp';
import { glanceCount, glancesAt } from '../../protocol/learning/glances.ts';
import { centralSquare } from '../../protocol/learning/preprocess.ts';
import { loadPictures } from '../training/dataset/load-pictures.ts';
import { createInference, outputsOf } from '../training/inference.ts';
import type { Pictures } from '../training/pictures.ts';
import { pictureAt } from '../training/pictures.ts';
import type { Backbone } from './backbone.ts';
import type { ReplaySet } from './replay-set.ts';

/** Of the square crop that a device keeps and sends. */
const cropSide = 224;
/** As a device's, so that training sees what the device saw. */
const jpegQuality = 92;

export type Material = {
  readonly set: ReplaySet;
  readonly backbone: Backbone;
  readonly pictures: Pictures;
  /** By picture, of each glance at it, at the cut of the backbone's bank. */
  readonly latents: readonly (readonly Float32Array[])[];
  /** What one glance takes through the whole network, on this machine. */
  readonly secondsPerGlance: number;
  readonly threads: number;
};

/** Rejects with BadInput, naming the file, for a picture that cannot be decoded. */
export async function loadMaterial(
  set: ReplaySet,
  backbone: Backbone,
  options: { readonly threads: number; readonly onPicture: (done: number, of: number) => void },
): Promise<Material> {
  const { threads, onPicture } = options;
  const { spec, weights } = backbone.model;
  const pictures = await loadPictures(set.source, set.files, { side: cropSide, onPicture });
  const latents: (readonly Float32Array[])[] = [];
  const network = await createInference(spec, weights, threads);
  const beganMs = performance.now();
  try {
    for (const picture of set.files.keys())
      latents.push(await outputsOf(network, glancesAt(pictureAt(pictures, picture), spec.input[0]), backbone.bank.cut));
  } finally {
    await network.dispose();
  }
  const secondsPerGlance = (performance.now() - beganMs) / 1000 / (glanceCount * latents.length);
  return { set, backbone, pictures, latents, secondsPerGlance, threads };
}

/** The picture as a device would send it: its central square as JPEG. */
export async function cropOf({ pictures }: Material, picture: number): Promise<Uint8Array> {
  const { data, width, height } = pictureAt(pictures, picture);
  const { x, y, width: side } = centralSquare({ width, height });
  return new Uint8Array(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .extract({ left: x, top: y, width: side, height: side })
      .jpeg({ quality: jpegQuality })
      .toBuffer(),
  );
}
