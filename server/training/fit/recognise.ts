/** Runs a finished model over pictures. */
import type { TrainedModel } from '../../models/tfjs-format.ts';
import { loadPictures } from '../dataset/load-pictures.ts';
import type { PictureSource } from '../dataset/picture-source.ts';
import { createWasmTrainer } from '../wasm/wasm-trainer.ts';
import { outputsOf } from './outputs.ts';
import { keptSide } from './training-data.ts';

const batchSize = 32;

/** The logits of each file, `[labels]`, from pictures decoded as in training. Rejects with BadInput for a broken one. */
export async function recognise(
  model: TrainedModel,
  source: PictureSource,
  files: readonly string[],
  options: { readonly threads: number; readonly onPicture: (done: number, of: number) => void },
): Promise<readonly Float32Array[]> {
  const { spec, weights } = model;
  const pictures = await loadPictures(source, files, { side: keptSide(spec), onPicture: options.onPicture });
  const losses = [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }] as const;
  const optimizer = { kind: 'sgd', momentum: 0, weightDecay: 0 } as const;
  const trainer = await createWasmTrainer(
    { spec, weights, batchSize, losses, optimizer },
    { threads: options.threads },
  );
  try {
    return await outputsOf(trainer, spec, {
      layer: spec.head,
      pictures,
      indices: Uint32Array.from(files.keys()),
      batchSize,
    });
  } finally {
    await trainer.dispose();
  }
}
