/**
 * Fully connected layer over the whole batch: threads share its columns forward, its rows backward. Its kernel is not packed
 * beforehand (each weight is used too few times), and is updated as soon as a block of its gradient is known.
 */
import type { DenseLayer } from '../../../../protocol/learning/model-spec.ts';
import { align } from '../memory.ts';
import { emitUpdate, type Parameter } from '../parameter.ts';
import { share, type Emit, type Stage } from '../stage.ts';
import { intervals } from './activations.ts';
import { threadScratch, type Node, type Placing, type Run } from './node.ts';

/** Floats of the kernel's gradient that are made at a time and used at once: the whole is never stored. */
const gradientFloats = 32 * 1024;

export class DenseNode implements Node {
  readonly #placing: Placing<DenseLayer>;
  readonly #kernel: Parameter;
  readonly #bias: Parameter;
  readonly #biasGradient: number;
  readonly #inputs: number;
  readonly #blockRows: number;

  constructor(placing: Placing<DenseLayer>) {
    const { arena, layer, feeds, gemmScratchBytes } = placing;
    this.#placing = placing;
    this.#kernel = placing.parameter('kernel');
    this.#bias = placing.parameter('bias');
    this.#biasGradient = arena.reserve(layer.units);
    this.#inputs = feeds[0].size;
    this.#blockRows = Math.max(6, Math.floor(gradientFloats / Math.max(1, layer.units) / 6) * 6);
    arena.needScratch(align(gemmScratchBytes) + this.#blockRows * layer.units * 4);
  }

  forward(run: Run): readonly Stage[] {
    const { feeds, layer, output, threads } = this.#placing;
    const { units } = layer;
    const whole = { first: 0, count: run.count };
    return [
      {
        split: 'threads',
        emit: (emit, thread) => {
          const { first, count } = share(units, thread, threads, 8);
          if (count === 0) return;
          const y = run.target(output, whole, thread) + first * 4;
          emit(
            'gemm',
            ...([run.count, count, this.#inputs, run.value(feeds[0], whole, thread), this.#inputs, 1] as const),
            ...([this.#kernel.value + first * 4, units, 1] as const),
            ...([y, units, 0, threadScratch(run, thread)] as const),
          );
          emit(
            'biasActivate',
            y,
            run.count,
            count,
            units,
            this.#bias.value + first * 4,
            ...intervals[layer.activation],
          );
        },
      },
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { feeds, layer, output, threads, trained } = this.#placing;
    const accumulate = feeds[0].differentiable ? run.contribute(feeds[0]) : 0;
    const activation: Stage = {
      split: 'images',
      floats: output.size,
      emit: (emit, images, thread) => {
        const interval = intervals[layer.activation];
        const values = run.value(output, images, thread);
        const gradient = run.gradient(output, images, thread);
        emit('activationGradient', gradient, values, images.count * output.size, ...interval);
      },
    };
    const back: Stage = {
      split: 'threads',
      emit: (emit, thread) => {
        const rows = share(this.#inputs, thread, threads, 8);
        const gradient = run.batchGradient(output);
        // The gradient of the inputs first: it needs the weights as they were.
        if (feeds[0].differentiable && rows.count > 0)
          emit(
            'gemm',
            ...([run.count, rows.count, layer.units, gradient, layer.units, 1] as const),
            ...([this.#kernel.value + rows.first * layer.units * 4, 1, layer.units] as const),
            ...([
              run.batchGradient(feeds[0]) + rows.first * 4,
              this.#inputs,
              accumulate,
              threadScratch(run, thread),
            ] as const),
          );
        if (!trained) return;
        for (let done = 0; done < rows.count; done += this.#blockRows)
          this.#emitKernelUpdate(emit, run, {
            thread,
            gradient,
            first: rows.first + done,
            count: Math.min(this.#blockRows, rows.count - done),
          });
        this.#emitBiasUpdate(emit, run, thread, gradient);
      },
    };
    return layer.activation === 'none' ? [back] : [activation, back];
  }

  /** The gradient of some rows of the kernel, then their update, while they lie in the cache. */
  #emitKernelUpdate(
    emit: Emit,
    run: Run,
    block: { readonly thread: number; readonly gradient: number; readonly first: number; readonly count: number },
  ): void {
    const { feeds, layer, optimizer, hyper } = this.#placing;
    const { thread, gradient, first, count } = block;
    const whole = { first: 0, count: run.count };
    const scratch = threadScratch(run, thread);
    const offset = scratch + align(this.#placing.gemmScratchBytes);
    emit(
      'gemm',
      ...([count, layer.units, run.count, run.value(feeds[0], whole, thread) + first * 4, 1, this.#inputs] as const),
      ...([gradient, layer.units, 1] as const),
      ...([offset, layer.units, 0, scratch] as const),
    );
    const weights = { first: first * layer.units, count: count * layer.units };
    emitUpdate(emit, this.#kernel, { offset, parts: 1, partStride: 0 }, { optimizer, hyper, ...weights });
  }

  #emitBiasUpdate(emit: Emit, run: Run, thread: number, gradient: number): void {
    const { layer, optimizer, hyper, threads } = this.#placing;
    const { first, count } = share(layer.units, thread, threads, 4);
    const offset = this.#biasGradient + first * 4;
    emit('zero', offset, count * 4);
    emit('columnSums', gradient + first * 4, run.count, count, layer.units, offset);
    emitUpdate(emit, this.#bias, { offset, parts: 1, partStride: 0 }, { optimizer, hyper, first, count });
  }
}
