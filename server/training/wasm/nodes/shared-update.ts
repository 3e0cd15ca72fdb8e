/** Updates of weights whose gradients the threads have summed apart. */
import { emitUpdate, type Gradient, type Parameter } from '../parameter.ts';
import { share, type Emit } from '../stage.ts';
import type { Placing, Run } from './node.ts';

/** The parameter's gradient when each thread sums its own pictures in its accumulators. */
export function threadGradient(run: Run, accumulator: number, threads: number): Gradient {
  const { accumulators, accumulatorBytes } = run.regions;
  return { offset: accumulators + accumulator, parts: threads, partStride: accumulatorBytes };
}

/** Updates this thread's share of `parameter` from a gradient of the whole. */
export function emitSharedUpdate(
  emit: Emit,
  parameter: Parameter,
  gradient: Gradient,
  options: Pick<Placing, 'optimizer' | 'hyper' | 'threads'> & { readonly thread: number },
): void {
  const { optimizer, hyper, threads, thread } = options;
  const { first, count } = share(parameter.size, thread, threads, 4);
  emitUpdate(emit, parameter, { ...gradient, offset: gradient.offset + first * 4 }, { optimizer, hyper, first, count });
}
