/** What every kind of layer gives to the engine. */
import type { Activation, Layer } from '../../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../../protocol/learning/shapes.ts';
import type { Optimizer } from '../../trainer.ts';
import type { Arena, Regions } from '../memory.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Stage } from '../stage.ts';

/** One activation of the network for a whole batch, picture after picture. `flatten` shares its feed's. */
export type Tensor = {
  /** Floats per picture. */
  readonly size: number;
  readonly value: number;
  /** Absent when nothing that is trained lies before it. */
  readonly gradient: number | undefined;
};

/** What a node may ask for while it is placed. */
export type Placing<L extends Layer = Layer> = {
  readonly layer: L;
  readonly placed: PlacedLayer;
  readonly feeds: readonly [Tensor, ...Tensor[]];
  readonly output: Tensor;
  /** Whether its weights are trained. */
  readonly trained: boolean;
  readonly arena: Arena;
  /** Pictures per batch, at most. */
  readonly batchSize: number;
  readonly threads: number;
  readonly optimizer: Optimizer;
  /** Byte offset of the optimizer's numbers for the step. */
  readonly hyper: number;
  readonly gemmScratchBytes: number;
  parameter(suffix: string): Parameter;
};

/** What is known when stages are made: the batch and where the regions lie. */
export type Run = {
  readonly count: number;
  readonly training: boolean;
  readonly regions: Regions;
  /** Says that a stage adds to the gradient of `tensor`: 0 for the first (it has to write), 1 for the others. */
  contribute(tensor: Tensor): 0 | 1;
};

export interface Node {
  /** Work before everything else, by one thread: packs weights, for gradients too when training. */
  prepare(emit: Emit, run: Run): void;
  forward(run: Run): readonly Stage[];
  /** Gradient of the output to gradients of weights and feeds. A node that needs whole batches updates its weights here. */
  backward(run: Run): readonly Stage[];
  /** Updates the weights that `backward` did not, each thread its share. */
  update(emit: Emit, run: Run, thread: number): void;
}

/** An activation as the interval to which it clamps. */
export const intervals: Readonly<Record<Activation, readonly [low: number, high: number]>> = {
  none: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

/** Height, width and channels; a vector is one pixel. */
export function imageShape(shape: readonly number[]): readonly [number, number, number] {
  const [h = 1, w = 1, c = 1] = shape.length === 1 ? [1, 1, ...shape] : shape;
  return [h, w, c];
}
