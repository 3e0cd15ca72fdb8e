/**
 * The default network: inverted residuals with linear bottlenecks (Sandler et al. 2018, MobileNetV2), global average
 * pooling, and a total stride of 16 instead of 32, because its pictures are small.
 */
import type { Layer, ModelSpec } from '../model-spec.ts';

/** `[expansion, channels, repeats, stride of the first]` of each stage. */
const stages = [
  [1, 16, 1, 1],
  [3, 24, 2, 2],
  [4, 40, 3, 2],
  [4, 80, 3, 2],
  [4, 112, 2, 1],
] as const;

/** Side of the input in pixels, unless another is asked for. */
export const mobileSize = 128;

export function mobile(options: {
  readonly classes: number;
  /** Side of the square input in pixels; the network is the same at every size. */
  readonly size?: number;
  /** For pre-training only; see `foldBatchNorm`. */
  readonly batchNorm?: boolean;
}): ModelSpec {
  const { classes, size = mobileSize, batchNorm = false } = options;
  const pointwise = { kind: 'conv', kernel: 1, stride: 1, padding: 'same', batchNorm } as const;
  const layers: Layer[] = [
    { kind: 'conv', name: 'stem', filters: 16, kernel: 3, stride: 2, padding: 'same', activation: 'relu6', batchNorm },
  ];
  let channels = 16;
  let block = 0;
  for (const [expansion, filters, repeats, firstStride] of stages) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      block += 1;
      const name = `block${String(block)}`;
      const stride = repeat === 0 ? firstStride : 1;
      const entry = layers.at(-1)?.name ?? '';
      if (expansion > 1)
        layers.push({ ...pointwise, name: `${name}/expand`, filters: channels * expansion, activation: 'relu6' });
      layers.push(
        {
          kind: 'depthwise',
          name: `${name}/depthwise`,
          kernel: 3,
          stride,
          padding: 'same',
          activation: 'relu6',
          batchNorm,
        },
        { ...pointwise, name: `${name}/project`, filters, activation: 'none' },
      );
      if (stride === 1 && filters === channels) layers.push({ kind: 'add', name: `${name}/add`, with: entry });
      channels = filters;
    }
  }
  layers.push(
    { ...pointwise, name: 'features', filters: 768, activation: 'relu6' },
    { kind: 'globalAveragePool', name: 'embedding' },
    { kind: 'dense', name: 'head', units: classes, activation: 'none' },
  );
  return { name: 'mobile', input: [size, size, 3], layers, embedding: 'embedding', head: 'head' };
}
