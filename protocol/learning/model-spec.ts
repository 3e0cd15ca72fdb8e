/** The description of a network: a list of layers that every engine, in the browser and on the hub, can run. */

/** What follows a layer's weighted sum. `relu6` is min(max(x, 0), 6). */
export type Activation = 'none' | 'relu' | 'relu6';

/** As in TensorFlow: `same` pads to ceil(size / stride), with the odd row or column after; `valid` pads nothing. */
export type Padding = 'same' | 'valid';

/** `from` is the name of the layer that feeds this one; absent, it is the layer before (the input for the first). */
type Fed = { readonly name: string; readonly from?: string };

type Windowed = { readonly kernel: number; readonly stride: number; readonly padding: Padding };

/**
 * With `batchNorm` (pre-training only) the layer has no bias: kernel, then batch normalisation, then the activation.
 * `foldBatchNorm` turns such a network into one without.
 */
type Normed = { readonly activation: Activation; readonly batchNorm: boolean };

export type ConvLayer = Fed & Windowed & Normed & { readonly kind: 'conv'; readonly filters: number };
export type DepthwiseLayer = Fed & Windowed & Normed & { readonly kind: 'depthwise' };
export type DenseLayer = Fed & { readonly kind: 'dense'; readonly units: number; readonly activation: Activation };
export type MaxPoolLayer = Fed & Windowed & { readonly kind: 'maxPool' };
export type GlobalAveragePoolLayer = Fed & { readonly kind: 'globalAveragePool' };
export type FlattenLayer = Fed & { readonly kind: 'flatten' };
/** The sum of `from` (or the layer before) and `with`; both have the same shape. */
export type AddLayer = Fed & { readonly kind: 'add'; readonly with: string };

export type Layer =
  ConvLayer | DepthwiseLayer | DenseLayer | MaxPoolLayer | GlobalAveragePoolLayer | FlattenLayer | AddLayer;

/** Height, width, channels of one picture or activation. */
export type ImageShape = readonly [height: number, width: number, channels: number];

export type ModelSpec = {
  /** The backbone's name, a key of `backbones`. */
  readonly name: string;
  readonly input: ImageShape;
  readonly layers: readonly Layer[];
  /** The layer whose output, a vector, is the embedding. */
  readonly embedding: string;
  /** The dense layer on the embedding whose outputs are the logits, one per label. Softmax is never a layer. */
  readonly head: string;
};

/** Shape of a layer's output for one picture: `[h, w, c]` or, after pooling, flattening and dense layers, `[n]`. */
export type Shape = readonly number[];

/** The name under which a spec's input is known to layers. No layer may take it. */
export const inputName = 'input';
