/** What the live network makes of one frame, layer by layer, as small pictures: for the screen "Inside". */
import type { Step } from '../../protocol/learning/forward.ts';
import { averagedLayer, sharesOf } from '../../protocol/learning/heatmap.ts';
import type { Layer, ModelSpec, Shape } from '../../protocol/learning/model-spec.ts';
import { sizeOf } from '../../protocol/learning/shapes.ts';
import type { Answer, Prediction } from './api.ts';

/** Signed bytes that are drawn: 127 stands for `largest`, the largest magnitude among them, and 0 for 0. */
export type Drawable = { readonly values: Int8Array<ArrayBuffer>; readonly largest: number };

/** A step's first maps `[maps, h, w]`, or a vector's first values `[1, 1, n]`. */
export type StepMaps = Drawable & {
  readonly layer: Layer;
  readonly part: Step['part'];
  /** Of all that the layer puts out. */
  readonly shape: Shape;
  /** Of what is drawn. */
  readonly maps: number;
  readonly height: number;
  readonly width: number;
};

/** Which places, `[side, side]`, spoke for a head's best answer. */
export type Heatmap = Drawable & { readonly side: number; readonly answer: Answer };

export type Inside = {
  readonly prediction: Prediction;
  /** What the network was given: RGB bytes `[side, side, 3]`. */
  readonly picture: { readonly side: number; readonly rgb: Uint8Array<ArrayBuffer> };
  readonly steps: readonly StepMaps[];
  /** Numbers that training can change. */
  readonly weights: number;
  /** Null when the network's embedding is no average over places. */
  readonly heatmaps: Heatmaps | null;
};

/** By the shipped head, and with what the device has learned; null where there is nothing of the kind. */
export type Heatmaps = { readonly before: Heatmap | null; readonly after: Heatmap | null };

/** Maps of a step, and values of a vector, that are drawn. */
const mapsShown = 12;
const valuesShown = 240;

/** How many channels of a layer's output have to be read back. */
export function channelsRead(spec: ModelSpec): (layer: Layer) => number {
  const averaged = averagedLayer(spec);
  const vectors = new Set(['dense', 'flatten', 'globalAveragePool'] satisfies Layer['kind'][]);
  return ({ name, kind }) => {
    if (name === averaged) return Infinity;
    return (vectors as ReadonlySet<string>).has(kind) ? valuesShown : mapsShown;
  };
}

export function drawnSteps(steps: readonly Step[]): readonly StepMaps[] {
  return steps.map(({ layer, part, shape, values }) => {
    const [height, width, channels] = shape.length === 3 ? shape : [1, values.length, 1];
    const read = values.length / sizeOf([height ?? 0, width ?? 0]);
    const maps = Math.min(channels ?? 0, mapsShown);
    return { layer, part, shape, maps, height: height ?? 0, width: width ?? 0, ...mapsFirst(values, read, maps) };
  });
}

/** The step whose maps the embedding averages. */
export function averagedStep(spec: ModelSpec, steps: readonly Step[]): Step | undefined {
  const averaged = averagedLayer(spec);
  return steps.find(({ layer, part }) => layer.name === averaged && part === 'output');
}

/** What spoke for `answer`, whose logit for an embedding is `logitOf`, in an averaged step. */
export function heatmapOf(
  { shape: [side = 0, , channels = 0], values }: Step,
  answer: Answer,
  logitOf: (embedding: Float32Array) => number,
): Heatmap {
  return { ...drawable(sharesOf(values, channels, logitOf)), side, answer };
}

/** RGB bytes of an input from -1 to 1. */
export function pictureOf(spec: ModelSpec, input: Float32Array): Inside['picture'] {
  return { side: spec.input[0], rgb: Uint8Array.from(input, (value) => Math.round((value + 1) * 127.5)) };
}

/** `[maps, places]` from `[places, read]`, where `maps` may be fewer than were read. */
function mapsFirst(values: Float32Array, read: number, maps: number): Drawable {
  const places = values.length / read;
  const turned = new Float32Array(maps * places);
  for (let map = 0; map < maps; map++)
    for (let place = 0; place < places; place++) turned[map * places + place] = values[place * read + map] ?? 0;
  return drawable(turned);
}

function drawable(values: Float32Array): Drawable {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest > 0 ? 127 / largest : 0;
  return { values: Int8Array.from(values, (value) => Math.round(value * scale)), largest };
}
