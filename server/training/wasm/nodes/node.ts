/** What every kind of layer gives to the engine. */
import type { Layer } from '../../../../protocol/learning/model-spec.ts';
import type { PlacedLayer } from '../../../../protocol/learning/shapes.ts';
import type { Optimizer } from '../../trainer.ts';
import type { Arena, Regions } from '../memory.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit, Images, Stage } from '../stage.ts';

/** One activation of the network for a whole batch, picture after picture. `flatten` shares its feed's. */
export type Tensor = {
  /** Floats per picture. */
  readonly size: number;
  /** Byte offset of the whole batch; undefined where it is not kept, but computed once more for the backward pass. */
  readonly value: number | undefined;
  /** Where it is not kept: the sums that it is normalised from. What does not train normalises them where they are. */
  readonly sums?: number;
  /** Whether it has a gradient: something that is trained, or a loss, lies at or before it. */
  readonly differentiable: boolean;
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
  /** Byte offset of the values of `images`, to be asked for by every stage that reads them, in its `emit`. */
  value(tensor: Tensor, images: Images, thread: number): number;
  /** The same for the stage that writes them. */
  target(tensor: Tensor, images: Images, thread: number): number;
  /** What has to run before a stage of the backward pass that reads the values of `tensor`. */
  restored(tensor: Tensor): readonly Stage[];
  /** Byte offset of the gradient of `images`, to be asked for by every stage that reads or writes it, in its `emit`. */
  gradient(tensor: Tensor, images: Images, thread: number): number;
  /** The same for the whole batch, for stages that work across pictures. */
  batchGradient(tensor: Tensor): number;
};

export interface Node {
  /** Work before everything else, by one thread: packs weights, for gradients too when training. */
  prepare?(emit: Emit, run: Run): void;
  forward(run: Run): readonly Stage[];
  /** Gradient of the output to gradients of weights and feeds. A node that needs whole batches updates its weights here. */
  backward(run: Run): readonly Stage[];
  /** Computes the output's values once more, in the backward pass, where they are not kept. */
  restore?(run: Run): Stage;
  /** Updates the weights that `backward` did not, each thread its share. */
  update?(emit: Emit, run: Run, thread: number): void;
}

/** Where a thread's scratch begins. */
export function threadScratch(run: Run, thread: number): number {
  return run.regions.scratch + thread * run.regions.scratchBytes;
}
