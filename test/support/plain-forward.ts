/** A network's outputs by the definition, one picture at a time and as slow as loops are: an oracle that shares no kernel. */
import type { Layer, ModelSpec } from '../../protocol/learning/model-spec.ts';
import { inputName } from '../../protocol/learning/model-spec.ts';
import { paddingBefore, placeLayers, sizeOf } from '../../protocol/learning/shapes.ts';
import type { PlacedLayer } from '../../protocol/learning/shapes.ts';
import type { Weights } from '../../protocol/learning/weights.ts';

/** Every layer's output for one `input`, flat, by name. No batch normalisation. */
export function plainForward(
  spec: ModelSpec,
  weights: Weights,
  input: Float32Array,
): ReadonlyMap<string, Float32Array> {
  const outputs = new Map([[inputName, input]]);
  for (const placed of placeLayers(spec)) {
    const feeds = placed.feeds.map((feed) => outputs.get(feed) ?? new Float32Array());
    outputs.set(placed.layer.name, activated(placed.layer, outputOf(placed, feeds, weights)));
  }
  return outputs;
}

function outputOf(
  placed: PlacedLayer,
  [x = new Float32Array(), second = x]: Float32Array[],
  weights: Weights,
): Float32Array {
  const { layer, inputShape, outputShape } = placed;
  const of = (role: string): Float32Array => weights.get(`${layer.name}/${role}`)?.values ?? new Float32Array();
  const out = new Float32Array(sizeOf(outputShape));
  const [height = 0, width = 0, channels = 0] = inputShape;
  switch (layer.kind) {
    case 'add':
      return out.map((_, i) => at(x, i) + at(second, i));
    case 'flatten':
      return x;
    case 'globalAveragePool':
      x.forEach((value, i) => (out[i % channels] = at(out, i % channels) + value / (height * width)));
      return out;
    case 'dense':
      return out.map(
        (_, o) =>
          at(of('bias'), o) + x.reduce((sum, value, i) => sum + value * at(of('kernel'), i * out.length + o), 0),
      );
    case 'conv':
    case 'depthwise':
    case 'maxPool':
      break;
    default:
      return layer satisfies never;
  }
  const [, outWidth = 0, filters = 0] = outputShape;
  const { kernel, stride, padding } = layer;
  const top = paddingBefore(height, kernel, stride, padding);
  const left = paddingBefore(width, kernel, stride, padding);
  return out.map((_, index) => {
    const f = index % filters;
    const column = Math.floor(index / filters) % outWidth;
    const row = Math.floor(index / filters / outWidth);
    let sum = layer.kind === 'maxPool' ? -Infinity : at(of('bias'), f);
    for (let ky = 0; ky < kernel; ky++)
      for (let kx = 0; kx < kernel; kx++) {
        const y = row * stride + ky - top;
        const xx = column * stride + kx - left;
        if (y < 0 || y >= height || xx < 0 || xx >= width) continue;
        const cell = (y * width + xx) * channels;
        const window = (ky * kernel + kx) * channels;
        if (layer.kind === 'maxPool') sum = Math.max(sum, at(x, cell + f));
        else if (layer.kind === 'depthwise') sum += at(x, cell + f) * at(of('kernel'), window + f);
        else for (let c = 0; c < channels; c++) sum += at(x, cell + c) * at(of('kernel'), (window + c) * filters + f);
      }
    return sum;
  });
}

function activated(layer: Layer, values: Float32Array): Float32Array {
  if (!('activation' in layer) || layer.activation === 'none') return values;
  const top = layer.activation === 'relu6' ? 6 : Infinity;
  return values.map((x) => Math.min(Math.max(x, 0), top));
}

/** NaN, which spoils any comparison, when `index` is out of bounds. */
function at(values: Float32Array, index: number): number {
  return values[index] ?? NaN;
}
