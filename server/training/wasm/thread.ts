/** One thread of the engine: it compiles its part of each job once and runs it whenever it is told. */
import { instantiateKernels } from './kernels.ts';
import { Network, type NetworkOptions } from './network.ts';
import { compileStages, type Call } from './stage.ts';

/** What the trainer asks of all its threads at once. */
export type Job =
  | { readonly kind: 'step'; readonly count: number }
  | { readonly kind: 'forward'; readonly count: number; readonly layers: readonly string[] };

export type ThreadOptions = {
  readonly network: NetworkOptions;
  readonly thread: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
};

/** Returns what runs a job to its end, together with the other threads: it returns when all have done their part. */
export function createThread({ network: options, thread, module, memory }: ThreadOptions): (job: Job) => void {
  const kernels = instantiateKernels(module, memory);
  const network = new Network(options);
  const programs = new Map<string, readonly Call[]>();
  return (job) => {
    const key = JSON.stringify(job);
    let program = programs.get(key);
    if (!program) {
      const stages = job.kind === 'step' ? network.stepStages(job.count) : network.forwardStages(job.count, job.layers);
      program = compileStages(stages, { count: job.count, thread, threads: options.threads, barrier: network.barrier });
      programs.set(key, program);
    }
    for (const { kernel, args } of program) {
      // Emit has checked each call's arguments against its kernel; the pairing is lost only in the list's type.
      const run: (...args: never) => void = kernels[kernel];
      (run as (...args: readonly number[]) => void)(...args);
    }
  };
}
