/** Runs a finished model over pictures. */
import type { TrainedModel } from '../../models/tfjs-format.ts';
import { loadPictures } from '../dataset/load-pictures.ts';
import type { PictureSource } from '../dataset/picture-source.ts';
import { createInference } from '../inference.ts';
import { pictureOutputs } from '../picture-outputs.ts';
import { keptSide } from './training-data.ts';

/** The logits of each file, `[labels]`, from pictures decoded as in training. Rejects with BadInput for a broken one. */
export async function recognise(
  model: TrainedModel,
  source: PictureSource,
  files: readonly string[],
  options: { readonly threads: number; readonly onPicture: (done: number, of: number) => void },
): Promise<readonly Float32Array[]> {
  const { spec, weights } = model;
  const pictures = await loadPictures(source, files, { side: keptSide(spec), onPicture: options.onPicture });
  const trainer = await createInference(spec, weights, options.threads);
  try {
    const indices = Uint32Array.from(files.keys());
    return await pictureOutputs(trainer, spec, { layer: spec.head, pictures, indices });
  } finally {
    await trainer.dispose();
  }
}
