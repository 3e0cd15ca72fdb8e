/** The training engines by name, and the choice among them. */
import { BadInput } from '../bad-input.ts';
import type { Absent, OpenEngine } from './tfjs/engine.ts';
import type { Trainer, TrainerOptions } from './trainer.ts';
import { createWasmTrainer } from './wasm/wasm-trainer.ts';

type Create = (options: TrainerOptions, threads: number) => Promise<Trainer | Absent>;

/** One line a backend. What needs a GPU is imported when it is asked for, so that nobody loads it who trains without. */
const backends = {
  wasm: (options, threads) => createWasmTrainer(options, { threads }),
  webgpu: (options) => onTfjs(options, async () => (await import('./tfjs/webgpu.ts')).openWebGpu),
  'tfjs-node': (options) => onTfjs(options, async () => (await import('./tfjs/tfjs-node.ts')).openTfjsNode),
  'tfjs-node-gpu': (options) => onTfjs(options, async () => (await import('./tfjs/tfjs-node.ts')).openTfjsNodeGpu),
} as const satisfies Record<string, Create>;

export type BackendName = keyof typeof backends;

export const backendNames = ['wasm', 'webgpu', 'tfjs-node', 'tfjs-node-gpu'] as const satisfies readonly BackendName[];

/** What `auto` tries, in this order, before `wasm`: GPUs only. */
const faster = ['webgpu', 'tfjs-node-gpu'] as const satisfies readonly BackendName[];

/** `auto` takes the fastest that this machine has. */
export type BackendChoice = 'auto' | BackendName;

export type Runtime = {
  readonly backend: BackendChoice;
  /** Threads of the engines that compute on the processor. */
  readonly threads: number;
};

/** Rejects with BadInput, saying what is missing, when the backend was named and is not there. */
export async function createTrainer(options: TrainerOptions, { backend, threads }: Runtime): Promise<Trainer> {
  if (backend !== 'auto') {
    const trainer = await backends[backend](options, threads);
    if ('absent' in trainer) throw new BadInput(`The backend ${backend} cannot be used here. ${trainer.absent}`);
    return trainer;
  }
  for (const name of faster) {
    const trainer = await backends[name](options);
    if (!('absent' in trainer)) return trainer;
  }
  return await backends.wasm(options, threads);
}

async function onTfjs(options: TrainerOptions, load: () => Promise<OpenEngine>): Promise<Trainer | Absent> {
  const open = await load();
  const engine = await open();
  if ('absent' in engine) return engine;
  const { createTfjsTrainer } = await import('./tfjs/tfjs-trainer.ts');
  return createTfjsTrainer(options, engine);
}
