/** The default training engine: our own WebAssembly kernels on several threads of one shared memory. */
import pLimit from 'p-limit';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { BadInput } from '../../bad-input.ts';
import { sizeOf } from '../../../protocol/learning/shapes.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import { decodeCheckpoint, encodeCheckpoint, type ParameterState } from '../checkpoint.ts';
import { expectCount, expectFloats, expectWeight } from '../expectations.ts';
import { NotFiniteError, type Batch, type StepResult, type Trainer, type TrainerOptions } from '../trainer.ts';
import { buildNames, compileKernels, instantiateKernels, type KernelBuild } from './kernels.ts';
import { Network } from './network.ts';
import { hyperValues, type Parameter } from './parameter.ts';
import type { Job, ThreadOptions } from './thread.ts';

export type WasmRuntime = {
  readonly threads: number;
  /** Default: the fastest that this machine runs. */
  readonly build?: KernelBuild;
};

const pageBytes = 64 * 1024;
const maxPages = 65_536;

/**
 * Rejects with an Error when the kernels are not built or a weight is missing or has another size, with BadInput when the
 * network does not fit 4 GiB.
 */
export async function createWasmTrainer(options: TrainerOptions, runtime: WasmRuntime): Promise<Trainer> {
  const { threads } = runtime;
  const { build, module } = await compileKernels(runtime.build);
  const { weights, ...rest } = options;
  const probe = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const networkOptions = { ...rest, threads, gemmScratchBytes: instantiateKernels(module, probe).gemmScratchBytes() };
  const network = new Network(networkOptions);
  const pages = Math.ceil(network.regions.totalBytes / pageBytes);
  if (pages > maxPages)
    throw new BadInput(
      `Training ${rest.spec.name} at batch ${String(rest.batchSize)} needs more than 4 GiB: use a smaller batch.`,
    );
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const workers = Array.from({ length: threads }, (_, thread) => {
    const workerData: ThreadOptions = { network: networkOptions, thread, module, memory };
    return new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  });
  const trainer = new WasmTrainer({ options: rest, network, memory, workers, backend: backendName(threads, build) });
  try {
    trainer.setWeights(weights);
    await trainer.ready();
  } catch (error) {
    await trainer.dispose();
    throw error;
  }
  return trainer;
}

function backendName(threads: number, build: KernelBuild): string {
  return `wasm (${String(threads)} ${threads === 1 ? 'thread' : 'threads'}, ${buildNames[build]})`;
}

class WasmTrainer implements Trainer {
  readonly backend: string;
  readonly #options: Omit<TrainerOptions, 'weights'>;
  readonly #network: Network;
  readonly #memory: WebAssembly.Memory;
  readonly #workers: readonly Worker[];
  /** Calls run one after the other; a failure is its caller's alone. */
  readonly #inTurn = pLimit(1);
  #steps = 0;
  /** Set once the threads have ended. */
  #ended: Error | undefined;

  constructor(parts: {
    /** Not the weights: they would be held twice. */
    readonly options: Omit<TrainerOptions, 'weights'>;
    readonly network: Network;
    readonly memory: WebAssembly.Memory;
    readonly workers: readonly Worker[];
    readonly backend: string;
  }) {
    this.#options = parts.options;
    this.#network = parts.network;
    this.#memory = parts.memory;
    this.#workers = parts.workers;
    this.backend = parts.backend;
  }

  /** Resolves when every thread has started. */
  async ready(): Promise<void> {
    await this.#answers();
  }

  step(batch: Batch, learningRate: number): Promise<StepResult> {
    return this.#inTurn(async () => {
      const network = this.#network;
      const { count } = batch;
      expectCount(count, this.#options.batchSize);
      const inputs = expectFloats(batch.inputs, count * sizeOf(this.#options.spec.input), 'inputs');
      this.#write(this.#tensor(inputName).value, inputs);
      for (const { term, targets, units } of network.losses) {
        const values = batch.targets.get(term.layer);
        if (!values) throw new Error(`The batch has no targets for ${term.layer}.`);
        this.#write(targets, expectFloats(values, count * units, `targets for ${term.layer}`));
      }
      if (batch.exampleWeights)
        this.#write(network.exampleWeights, expectFloats(batch.exampleWeights, count, 'example weights'));
      else this.#floats(network.exampleWeights, count).fill(1);
      this.#floats(network.hyper, 6).set(hyperValues(network.optimizer, learningRate, this.#steps + 1));
      await this.#run({ kind: 'step', count });
      this.#steps++;
      return this.#result(count);
    });
  }

  forward(inputs: Float32Array, count: number, layers: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#inTurn(async () => {
      expectCount(count, this.#options.batchSize);
      const outputs = layers.map((layer) => [layer, this.#tensor(layer)] as const);
      const values = expectFloats(inputs, count * sizeOf(this.#options.spec.input), 'inputs');
      this.#write(this.#tensor(inputName).value, values);
      await this.#run({ kind: 'forward', count, layers });
      return new Map(outputs.map(([layer, { value, size }]) => [layer, this.#floats(value, count * size).slice()]));
    });
  }

  weights(): Promise<Weights> {
    return this.#inTurn(() => {
      const copy = ([name, { shape, size, value }]: [string, Parameter]): [string, Weight] => [
        name,
        { shape, values: this.#floats(value, size).slice() },
      ];
      return Promise.resolve(new Map([...this.#network.parameters].map(copy)));
    });
  }

  checkpoint(): Promise<Uint8Array> {
    return this.#inTurn(() => {
      const state = ({ size, value, first, second }: Parameter): ParameterState => ({
        value: this.#floats(value, size),
        first: this.#floats(first, size),
        second: this.#floats(second, size),
      });
      const parameters = [...this.#network.parameters].map(([name, parameter]) => [name, state(parameter)] as const);
      return Promise.resolve(encodeCheckpoint({ steps: this.#steps, parameters: new Map(parameters) }));
    });
  }

  restore(checkpoint: Uint8Array): Promise<void> {
    return this.#inTurn(() => {
      const own = this.#network.parameters;
      const { steps, parameters } = decodeCheckpoint(
        checkpoint,
        [...own].map(([name, { size }]) => [name, size]),
      );
      for (const [name, { value, first, second }] of parameters) {
        const parameter = own.get(name);
        if (!parameter) continue; // decodeCheckpoint returns our own names and no others.
        this.#write(parameter.value, value);
        this.#write(parameter.first, first);
        this.#write(parameter.second, second);
      }
      this.#steps = steps;
      return Promise.resolve();
    });
  }

  dispose(): Promise<void> {
    return this.#inTurn(() => this.#end(new Error('The trainer is disposed.')));
  }

  /** Copies the weights in. Throws an Error that names the first that is missing or has another size. */
  setWeights(weights: Weights): void {
    for (const parameter of this.#network.parameters.values())
      this.#write(parameter.value, expectWeight(weights, parameter));
  }

  /** Ends the threads; `reason` is what later calls are rejected with. */
  async #end(reason: Error): Promise<void> {
    this.#ended = reason;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  async #run(job: Job): Promise<void> {
    if (this.#ended) throw this.#ended;
    for (const worker of this.#workers) worker.postMessage(job);
    await this.#answers();
  }

  /** Resolves with the next message of every thread. When one fails the others wait for it in vain: all are ended. */
  async #answers(): Promise<void> {
    try {
      await Promise.all(this.#workers.map((worker) => once(worker, 'message')));
    } catch (cause) {
      const failure = new Error('A training thread failed: the trainer cannot go on.', { cause });
      await this.#end(failure);
      throw failure;
    }
  }

  #result(count: number): StepResult {
    let loss = 0;
    let correct = 0;
    for (const { term, losses, hits } of this.#network.losses) {
      const sum = this.#floats(losses, count).reduce((total, value) => total + value, 0);
      loss += (term.weight * sum) / count;
      if (term.layer === this.#options.spec.head)
        correct = this.#floats(hits, count).reduce((total, value) => total + value, 0);
    }
    if (!Number.isFinite(loss))
      throw new NotFiniteError(`The loss of step ${String(this.#steps)} is ${String(loss)}: lower the learning rate.`);
    return { loss, correct };
  }

  #tensor(name: string): { readonly value: number; readonly size: number } {
    const tensor = this.#network.tensors.get(name);
    const reader = this.#network.unkept.get(name);
    if (reader !== undefined)
      throw new Error(`The output of ${name} is not kept: ask for ${reader}, the only layer that reads it.`);
    if (tensor?.value === undefined) throw new Error(`${this.#options.spec.name} has no layer named ${name}.`);
    return { value: tensor.value, size: tensor.size };
  }

  #write(offset: number, values: Float32Array): void {
    this.#floats(offset, values.length).set(values);
  }

  #floats(offset: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, offset, length);
  }
}
