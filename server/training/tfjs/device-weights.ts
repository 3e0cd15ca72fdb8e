/** The weights of a network on the current tfjs backend, with what the optimizer keeps for them. */
import {
  add,
  div,
  mul,
  reshape,
  split,
  sqrt,
  square,
  sub,
  tensor1d,
  tidy,
  variable,
  type Tensor,
  type Tensor1D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { sizeOf, type WeightShape } from '../../../protocol/learning/shapes.ts';
import type { ParameterState, TrainingState } from '../checkpoint.ts';
import type { Optimizer } from '../trainer.ts';
import type { Moments } from './batch-norm.ts';

type Parameters = TrainingState['parameters'];

/** As in Keras: the moving statistics keep this much of themselves each step. */
const momentum = 0.99;

/**
 * All trained weights lie in one vector, and so do their moments: an update costs a few kernels for the whole network, not
 * a dozen for each weight. What methods return the caller owns; `dispose` frees the rest.
 */
export class DeviceWeights {
  readonly #shapes: readonly WeightShape[];
  readonly #trained: readonly WeightShape[];
  readonly #optimizer: Optimizer;
  /** `[all trained values]`: weights, first and second moments. */
  readonly #value: Variable;
  readonly #first: Variable;
  readonly #second: Variable;
  /** The weight decay of each trained value: the optimizer's for kernels, else 0. */
  readonly #decay: Tensor1D;
  /** What no gradient moves: frozen layers, moving statistics, layers that lead to no loss. */
  readonly #fixed: ReadonlyMap<string, Variable>;

  constructor(
    options: {
      readonly shapes: readonly WeightShape[];
      readonly isTrained: (weight: string) => boolean;
      readonly optimizer: Optimizer;
    },
    parameters: Parameters,
  ) {
    const { shapes, isTrained, optimizer } = options;
    this.#shapes = shapes;
    this.#trained = shapes.filter(({ name }) => isTrained(name));
    this.#optimizer = optimizer;
    this.#value = ownVector(this.#join(parameters, 'value'));
    this.#first = ownVector(this.#join(parameters, 'first'));
    this.#second = ownVector(this.#join(parameters, 'second'));
    const decayOf = (name: string): number => (name.endsWith('/kernel') ? optimizer.weightDecay : 0);
    this.#decay = tensor1d(
      joined(this.#trained.map(({ name, shape }) => new Float32Array(sizeOf(shape)).fill(decayOf(name)))),
    );
    const fixed = shapes.filter(({ name }) => !isTrained(name));
    this.#fixed = new Map(fixed.map(({ name }) => [name, ownVector(stateOf(parameters, name).value.slice())]));
  }

  /** The trained weights in their shapes. */
  trained(): Tensor[] {
    if (this.#trained.length === 0) return [];
    const parts = split(
      this.#value,
      this.#trained.map(({ shape }) => sizeOf(shape)),
    );
    return this.#trained.map(({ shape }, i) => reshape(parts[i] ?? [], [...shape]));
  }

  /** All weights by name in their shapes, with `trained` (as the method of that name returns them) for those that are. */
  all(trained: readonly Tensor[]): ReadonlyMap<string, Tensor> {
    const all = new Map(this.#trained.map(({ name }, i) => [name, trained[i]]));
    for (const { name, shape } of this.#shapes) {
      const held = this.#fixed.get(name);
      if (held) all.set(name, reshape(held, [...shape]));
    }
    return new Map([...all].filter((entry): entry is [string, Tensor] => entry[1] !== undefined));
  }

  /** One optimizer step, as `wasm/kernels/optimizer.as.ts` makes it. `gradient` is `[all trained values]`; `step` counts from 1. */
  update(gradient: Tensor1D, learningRate: number, step: number): void {
    tidy(() => {
      const change = this.#change(gradient, step);
      const decayed = add(mul(this.#value, this.#decay), change);
      this.#value.assign(sub(this.#value, mul(decayed, learningRate)));
    });
  }

  /** Moves the statistics of a layer with batch normalisation towards those of a batch. */
  moveStatistics(layer: string, { mean, variance }: Moments): void {
    tidy(() => {
      for (const [suffix, ofBatch] of [['movingMean', mean] as const, ['movingVariance', variance] as const]) {
        const moving = this.#fixed.get(`${layer}/${suffix}`);
        moving?.assign(add(mul(moving, momentum), mul(ofBatch, 1 - momentum)));
      }
    });
  }

  /** A copy of everything. */
  async read(): Promise<Parameters> {
    const vectors = [this.#value, this.#first, this.#second].map((vector) => vector.data<'float32'>());
    const [value = none, first = none, second = none] = await Promise.all(vectors);
    let at = 0;
    const states: [string, ParameterState][] = [];
    for (const { name, shape } of this.#shapes) {
      const size = sizeOf(shape);
      const held = this.#fixed.get(name);
      if (held) {
        const values = (await held.data<'float32'>()).slice();
        states.push([name, { value: values, first: new Float32Array(size), second: new Float32Array(size) }]);
      } else {
        const end = at + size;
        states.push([
          name,
          { value: value.slice(at, end), first: first.slice(at, end), second: second.slice(at, end) },
        ]);
        at = end;
      }
    }
    return new Map(states);
  }

  write(parameters: Parameters): void {
    tidy(() => {
      this.#value.assign(tensor1d(this.#join(parameters, 'value')));
      this.#first.assign(tensor1d(this.#join(parameters, 'first')));
      this.#second.assign(tensor1d(this.#join(parameters, 'second')));
      for (const [name, held] of this.#fixed) held.assign(tensor1d(stateOf(parameters, name).value));
    });
  }

  dispose(): void {
    for (const held of [this.#value, this.#first, this.#second, this.#decay, ...this.#fixed.values()]) held.dispose();
  }

  /** What the learning rate scales, weight decay aside; moves the moments. */
  #change(gradient: Tensor1D, step: number): Tensor {
    const optimizer = this.#optimizer;
    switch (optimizer.kind) {
      case 'adam': {
        const { beta1, beta2, epsilon } = optimizer;
        this.#first.assign(add(mul(this.#first, beta1), mul(gradient, 1 - beta1)));
        this.#second.assign(add(mul(this.#second, beta2), mul(square(gradient), 1 - beta2)));
        const deviation = sqrt(mul(this.#second, 1 / (1 - beta2 ** step)));
        return div(mul(this.#first, 1 / (1 - beta1 ** step)), add(deviation, epsilon));
      }
      case 'sgd':
        this.#first.assign(add(mul(this.#first, optimizer.momentum), gradient));
        return this.#first;
      default:
        return optimizer satisfies never;
    }
  }

  #join(parameters: Parameters, part: keyof ParameterState): Float32Array {
    return joined(this.#trained.map(({ name }) => stateOf(parameters, name)[part]));
  }
}

const none = new Float32Array();

function ownVector(values: Float32Array): Variable {
  return tidy(() => variable(tensor1d(values), false));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function stateOf(parameters: Parameters, name: string): ParameterState {
  const state = parameters.get(name);
  if (!state) throw new Error(`There are no weights for ${name}.`);
  return state;
}
