/** The training engine on any tfjs backend: gradients by tfjs, one read-back a step. */
import pLimit from 'p-limit';
// Registers the gradient of every operation; tfjs-core alone knows none.
import '@tensorflow/tfjs-layers';
import { tensor, tidy } from '@tensorflow/tfjs-core';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { placeLayers, sizeOf, type PlacedLayer, type WeightShape } from '../../../protocol/learning/shapes.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import { decodeCheckpoint, encodeCheckpoint, type ParameterState } from '../checkpoint.ts';
import { expectCount, expectFloats, expectWeight } from '../expectations.ts';
import {
  BackendLostError,
  type Batch,
  type LossTerm,
  type StepResult,
  type Trainer,
  type TrainerOptions,
} from '../trainer.ts';
import { DeviceWeights } from './device-weights.ts';
import type { Engine } from './engine.ts';
import { recordStep, stepResult, type Target } from './record-step.ts';
import { leadingTo, runLayers } from './run-layers.ts';

/** The trainer closes `engine`. Throws an Error when a weight is missing or has another size, or a loss has no dense layer. */
export function createTfjsTrainer(options: TrainerOptions, engine: Engine): Trainer {
  try {
    return new TfjsTrainer(options, engine);
  } catch (error) {
    engine.close();
    throw error;
  }
}

class TfjsTrainer implements Trainer {
  readonly backend: string;
  readonly #options: TrainerOptions;
  readonly #engine: Engine;
  readonly #placed: readonly PlacedLayer[];
  /** The layers that lead to the losses. */
  readonly #stepped: readonly PlacedLayer[];
  readonly #shapes: readonly WeightShape[];
  readonly #weights: DeviceWeights;
  /** Whether there is anything to train; without a loss there is not, and only `forward` is of use. */
  readonly #trains: boolean;
  /** Calls run one after the other; a failure is its caller's alone. */
  readonly #inTurn = pLimit(1);
  #steps = 0;
  /** Set when the device is lost or the trainer disposed: what every later call is rejected with. */
  #ended: Error | undefined;
  #disposed = false;

  constructor(options: TrainerOptions, engine: Engine) {
    const { spec, losses, optimizer } = options;
    this.backend = engine.description;
    this.#options = options;
    this.#engine = engine;
    this.#placed = placeLayers(spec);
    for (const term of losses) unitsOf(this.#placed, term);
    const lossLayers = losses.map(({ layer }) => layer);
    this.#stepped = leadingTo(this.#placed, lossLayers);
    this.#shapes = this.#placed.flatMap(({ weights }) => weights);
    const state = ({ name, shape }: WeightShape): [string, ParameterState] => {
      const value = expectWeight(options.weights, { name, shape });
      return [name, { value, first: new Float32Array(value.length), second: new Float32Array(value.length) }];
    };
    const trained = new Set(
      this.#stepped.flatMap(({ layer, weights }) =>
        this.#isFrozen(layer.name) ? [] : weights.filter(({ name }) => !isMoving(name)).map(({ name }) => name),
      ),
    );
    this.#trains = trained.size > 0;
    const parameters = new Map(this.#shapes.map(state));
    engine.use();
    this.#weights = new DeviceWeights(
      { shapes: this.#shapes, isTrained: (name) => trained.has(name), optimizer },
      parameters,
    );
  }

  step(batch: Batch, learningRate: number): Promise<StepResult> {
    return this.#inTurn(async () => {
      const { spec, losses, batchSize } = this.#options;
      const { count } = batch;
      expectCount(count, batchSize);
      const inputs = expectFloats(batch.inputs, count * sizeOf(spec.input), 'inputs');
      const targets = losses.map((term) => this.#target(term, batch));
      const weights = batch.exampleWeights ?? new Float32Array(count).fill(1);
      const exampleWeights = expectFloats(weights, count, 'example weights');
      if (!this.#trains)
        throw new Error(`Every layer of ${spec.name} that leads to a loss is frozen: there is nothing to train.`);
      const network = { spec, placed: this.#stepped, isFrozen: (layer: string) => this.#isFrozen(layer) };
      const step = { step: this.#steps + 1, learningRate, count, inputs, targets, exampleWeights };
      const read = await this.#onDevice(async () => {
        const results = tidy(() => recordStep(network, this.#weights, step));
        try {
          return await results.data<'float32'>();
        } finally {
          results.dispose();
        }
      });
      this.#steps++;
      return stepResult(read, spec.head, step);
    });
  }

  forward(inputs: Float32Array, count: number, layers: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#inTurn(async () => {
      const { spec, batchSize } = this.#options;
      expectCount(count, batchSize);
      const values = expectFloats(inputs, count * sizeOf(spec.input), 'inputs');
      for (const layer of layers)
        if (layer !== inputName && !this.#placed.some((placed) => placed.layer.name === layer))
          throw new Error(`${spec.name} has no layer named ${layer}.`);
      return await this.#onDevice(async () => {
        const outputs = tidy(() => {
          const input = tensor(values, [count, ...spec.input]);
          const weights = this.#weights.all(this.#weights.trained());
          const all = runLayers(leadingTo(this.#placed, layers), { input, weights, usesBatch: () => false });
          return layers.map((layer) => all.get(layer) ?? input);
        });
        try {
          const read = await Promise.all(outputs.map((output) => output.data<'float32'>()));
          return new Map(layers.map((layer, i) => [layer, (read[i] ?? new Float32Array()).slice()]));
        } finally {
          for (const output of outputs) output.dispose();
        }
      });
    });
  }

  weights(): Promise<Weights> {
    return this.#inTurn(async () => {
      const parameters = await this.#onDevice(() => this.#weights.read());
      const weight = ({ name, shape }: WeightShape): [string, Weight] => [
        name,
        { shape, values: parameters.get(name)?.value ?? new Float32Array() },
      ];
      return new Map(this.#shapes.map(weight));
    });
  }

  checkpoint(): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const parameters = await this.#onDevice(() => this.#weights.read());
      return encodeCheckpoint({ steps: this.#steps, parameters });
    });
  }

  restore(checkpoint: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      const state = decodeCheckpoint(
        checkpoint,
        this.#shapes.map(({ name, shape }) => [name, sizeOf(shape)]),
      );
      await this.#onDevice(() => {
        this.#weights.write(state.parameters);
        return Promise.resolve();
      });
      this.#steps = state.steps;
    });
  }

  dispose(): Promise<void> {
    return this.#inTurn(() => {
      if (!this.#disposed) {
        this.#disposed = true;
        this.#ended ??= new Error('The trainer is disposed.');
        this.#weights.dispose();
        this.#engine.close();
      }
      return Promise.resolve();
    });
  }

  #target(term: LossTerm, { count, targets }: Batch): Target {
    const units = unitsOf(this.#placed, term);
    const values = targets.get(term.layer);
    if (!values) throw new Error(`The batch has no targets for ${term.layer}.`);
    return { term, units, values: expectFloats(values, count * units, `targets for ${term.layer}`) };
  }

  #isFrozen(layer: string): boolean {
    return this.#options.frozen?.has(layer) === true;
  }

  /** What fails on the device has spoilt the weights there: the trainer ends with it. */
  async #onDevice<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended) throw this.#ended;
    try {
      this.#engine.use();
      const result = await work();
      const failure = this.#engine.failure();
      if (failure) throw failure;
      return result;
    } catch (error) {
      const cause = this.#engine.failure() ?? error;
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#ended = new BackendLostError(`${this.backend} failed: ${reason}`, { cause });
      throw this.#ended;
    }
  }
}

function unitsOf(placed: readonly PlacedLayer[], term: LossTerm): number {
  const layer = placed.find((candidate) => candidate.layer.name === term.layer)?.layer;
  if (layer?.kind === 'dense') return layer.units;
  throw new Error(`A loss needs a dense layer, and ${term.layer} is ${layer?.kind ?? 'not in the network'}.`);
}

function isMoving(weight: string): boolean {
  return weight.endsWith('/movingMean') || weight.endsWith('/movingVariance');
}
