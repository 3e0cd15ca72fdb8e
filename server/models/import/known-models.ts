/** Models that can be imported by their name: where they lie in public, and what they have to be. */

export type KnownModel = {
  /** A tfjs layers model. */
  readonly address: string;
  /** Of the weights up to the features (`ImportedNetwork.sha256`): the same alone and within a larger model. */
  readonly sha256: string;
};

/** One line a name. */
export const knownModels: Readonly<Record<string, KnownModel>> = {
  /** MobileNetV2, width 0.35, 224 px, trained on ImageNet by Google (Apache-2.0): what Teachable Machine is built on. */
  mobilenet: {
    address:
      'https://storage.googleapis.com/teachable-machine-models/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top/model.json',
    sha256: 'cea55efc9877ca3885be4994427a90914d259e7e8d759d90f36f7bb16e1725a7',
  },
};
