/** A network of ours, put together layer by layer from one whose layers have other borders. */
import type { ImageShape, Layer, Shape } from '../../../protocol/learning/model-spec.ts';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import type { ForeignLayer } from './original.ts';
import { unsupported } from './unsupported.ts';

/** Rows above and below, columns before and after. */
export type ZeroPadding = readonly [rows: readonly [number, number], columns: readonly [number, number]];

/** What stands for the output of one of their layers: the output of ours, perhaps padded. */
type Output = { readonly from: string; readonly shape: Shape; readonly padding?: ZeroPadding };

export class NetworkBuilder {
  readonly #layers: Layer[] = [];
  readonly #weights = new Map<string, Weight>();
  /** By name of their layer. */
  readonly #outputs: Map<string, Output>;
  /** How many of their layers read each. */
  readonly #readers = new Map<string, number>();

  /** `leading`: all that will be read. */
  constructor(input: ImageShape, leading: readonly ForeignLayer[]) {
    this.#outputs = new Map([[inputName, { from: inputName, shape: input }]]);
    for (const feed of leading.flatMap(({ feeds }) => feeds))
      this.#readers.set(feed, (this.#readers.get(feed) ?? 0) + 1);
  }

  get layers(): readonly Layer[] {
    return this.#layers;
  }

  get weights(): Weights {
    return this.#weights;
  }

  /** What of ours feeds one of theirs. Throws BadInput when zero padding stands between that it cannot take over. */
  feedOf({ layer, feeds }: ForeignLayer, index = 0): string {
    const { from, padding } = this.#output(feeds[index]);
    if (padding) throw unsupported(layer, 'Zero padding can be read only in front of a convolution.');
    return from;
  }

  /** What stands for the output of one of theirs. */
  outputOf({ layer }: ForeignLayer): Output {
    return this.#output(layer.name);
  }

  /** What of ours feeds a convolution of theirs, its shape `[h, w, c]` and the zeros around it. */
  paddedFeedOf({ feeds }: ForeignLayer): Output {
    return this.#output(feeds[0]);
  }

  /** Our layer that feeds one of theirs, and feeds nothing else; undefined when there is none. */
  soleFeedOf(read: ForeignLayer): Layer | undefined {
    const from = this.feedOf(read);
    return this.#readers.get(read.feeds[0] ?? '') === 1 ? this.#layers.find(({ name }) => name === from) : undefined;
  }

  /** `own` computes what theirs does. */
  add({ layer }: ForeignLayer, own: Layer, weights: Readonly<Record<string, Weight>> = {}): void {
    this.#layers.push(own);
    this.#put(own, weights);
    const [, ...shape] = [layer.outputShape].flat(2);
    this.#outputs.set(layer.name, { from: own.name, shape: shape.map((n) => n ?? NaN) });
  }

  /** `own`, in place of our layer of its name, computes what that and theirs do. */
  absorb({ layer, feeds }: ForeignLayer, own: Layer, weights: Readonly<Record<string, Weight>> = {}): void {
    const at = this.#layers.findIndex(({ name }) => name === own.name);
    this.#layers[at] = own;
    this.#put(own, weights);
    this.#outputs.set(layer.name, this.#output(feeds[0]));
  }

  /** Theirs passes on what it is fed, with zeros around it if there is `padding`. */
  pass({ layer, feeds }: ForeignLayer, padding?: ZeroPadding): void {
    const output = this.#output(feeds[0]);
    this.#outputs.set(layer.name, padding ? { ...output, padding } : output);
  }

  #output(feed = ''): Output {
    const output = this.#outputs.get(feed);
    if (!output) throw new Error(`The layer ${feed} comes after those that it feeds.`);
    return output;
  }

  #put({ name }: Layer, weights: Readonly<Record<string, Weight>>): void {
    for (const [role, weight] of Object.entries(weights)) this.#weights.set(`${name}/${role}`, weight);
  }
}
