/** A spec as the topology of a tfjs layers model, the JSON that `tf.loadLayersModel` reads. */
import { probedLayer } from '../../protocol/learning/model-file.ts';
import type { Activation, Layer, ModelSpec } from '../../protocol/learning/model-spec.ts';
import { inputName } from '../../protocol/learning/model-spec.ts';
import { placeLayers, sizeOf } from '../../protocol/learning/shapes.ts';

/**
 * `modelTopology` of a functional model whose one output is the softmax of the spec's head, or the embedding while the
 * head has no outputs: tfjs has no layer without units. Each of our layers is one layer of the same name. Throws an Error for a spec that is not ready to be published: one with batch normalisation
 * or with layers that do not lead to the head.
 */
export function tfjsTopology(spec: ModelSpec): object {
  const placed = placeLayers(spec).filter(({ outputShape }) => sizeOf(outputShape) > 0);
  const output = probedLayer(spec);
  const read = new Set(placed.flatMap(({ feeds }) => feeds));
  for (const { layer } of placed) {
    if ('batchNorm' in layer && layer.batchNorm)
      throw new Error(`Layer ${layer.name} of ${spec.name} has batch normalisation; fold it before saving.`);
    if (layer.name !== output && !read.has(layer.name))
      throw new Error(`Layer ${layer.name} of ${spec.name} does not lead to the head; drop it before saving.`);
  }
  const input = {
    name: inputName,
    class_name: 'InputLayer',
    config: { name: inputName, batch_input_shape: [null, ...spec.input], dtype: 'float32', sparse: false },
    inbound_nodes: [],
  };
  const layers = placed.map(({ layer, feeds }) => {
    const { className, config } = kerasLayer(layer, layer.name === spec.head);
    return {
      name: layer.name,
      class_name: className,
      config: { name: layer.name, trainable: true, ...config },
      inbound_nodes: [feeds.map((feed) => [feed, 0, 0, {}])],
    };
  });
  return {
    class_name: 'Model',
    config: {
      name: spec.name,
      layers: [input, ...layers],
      input_layers: [[inputName, 0, 0]],
      output_layers: [[output, 0, 0]],
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

/** What tfjs calls a weight of ours. */
export function tfjsWeightName(layer: Layer, name: string): string {
  return layer.kind === 'depthwise' ? name.replace(/kernel$/, 'depthwise_kernel') : name;
}

type KerasLayer = { readonly className: string; readonly config: Readonly<Record<string, unknown>> };

const channelsLast = { data_format: 'channels_last' };

function kerasLayer(layer: Layer, isHead: boolean): KerasLayer {
  switch (layer.kind) {
    case 'conv':
      return { className: 'Conv2D', config: { filters: layer.filters, ...convolution(layer) } };
    case 'depthwise':
      return { className: 'DepthwiseConv2D', config: { depth_multiplier: 1, ...convolution(layer) } };
    case 'dense': {
      const activation = isHead ? 'softmax' : kerasActivation(layer.activation);
      return { className: 'Dense', config: { units: layer.units, activation, use_bias: true } };
    }
    case 'maxPool': {
      const { kernel, stride, padding } = layer;
      const config = { pool_size: [kernel, kernel], strides: [stride, stride], padding, ...channelsLast };
      return { className: 'MaxPooling2D', config };
    }
    case 'globalAveragePool':
      return { className: 'GlobalAveragePooling2D', config: channelsLast };
    case 'flatten':
      return { className: 'Flatten', config: channelsLast };
    case 'add':
      return { className: 'Add', config: {} };
    default:
      return layer satisfies never;
  }
}

function convolution({ kernel, stride, padding, activation }: Extract<Layer, { batchNorm: boolean }>): object {
  return {
    kernel_size: [kernel, kernel],
    strides: [stride, stride],
    dilation_rate: [1, 1],
    padding,
    activation: kerasActivation(activation),
    use_bias: true,
    ...channelsLast,
  };
}

function kerasActivation(activation: Activation): string {
  return activation === 'none' ? 'linear' : activation;
}
