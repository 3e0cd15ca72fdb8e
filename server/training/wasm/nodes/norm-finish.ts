/** Batch normalisation and activation after a convolution. */
import { batchNormEpsilon as epsilon } from '../../../../protocol/learning/fold-batch-norm.ts';
import type { ConvLayer, DepthwiseLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Parameter } from '../parameter.ts';
import { share, type Emit, type Images, type Stage } from '../stage.ts';
import { intervals } from './activations.ts';
import type { Finish } from './finish.ts';
import type { Placing, Run } from './node.ts';
import { emitSharedUpdate } from './shared-update.ts';
import { imageShape } from './windows.ts';

/** As in Keras: the moving statistics keep this much of themselves each step. */
const momentum = 0.99;

/** Ioffe & Szegedy 2015. A layer that is not trained uses its moving statistics and leaves them alone. */
export class NormFinish implements Finish {
  /** Byte offset of the weighted sums of all pictures. */
  readonly #sums: number;
  readonly #placing: Placing<ConvLayer | DepthwiseLayer>;
  readonly #channels: number;
  readonly #gamma: Parameter;
  readonly #beta: Parameter;
  readonly #movingMean: Parameter;
  readonly #movingVariance: Parameter;
  readonly #momentSums: number;
  readonly #gradientSums: number;
  /** Each thread computes its own, from all threads' sums: that saves waiting for each other once more. */
  readonly #own: readonly OwnNumbers[];

  constructor(placing: Placing<ConvLayer | DepthwiseLayer>) {
    const { arena, output, batchSize } = placing;
    const [, , channels] = imageShape(placing.placed.outputShape);
    this.#placing = placing;
    this.#channels = channels;
    this.#sums = output.sums ?? arena.reserve(output.size * batchSize);
    this.#gamma = placing.parameter('gamma');
    this.#beta = placing.parameter('beta');
    this.#movingMean = placing.parameter('movingMean');
    this.#movingVariance = placing.parameter('movingVariance');
    this.#momentSums = arena.reserveAccumulator(2 * channels);
    this.#gradientSums = arena.reserveAccumulator(2 * channels);
    this.#own = Array.from({ length: placing.threads }, () => ({
      coefficients: arena.reserve(5 * channels),
      factors: arena.reserve(3 * channels),
      gammaGradient: arena.reserve(channels),
      betaGradient: arena.reserve(channels),
    }));
  }

  prepare(emit: Emit, run: Run): void {
    if (this.#usesBatch(run)) return;
    for (const { coefficients } of this.#own)
      emit(
        'movingCoefficients',
        ...([this.#channels, this.#gamma.value, this.#beta.value] as const),
        ...([this.#movingMean.value, this.#movingVariance.value, coefficients, epsilon] as const),
      );
  }

  sums(_run: Run, { first }: Images): number {
    return this.#sums + first * this.#placing.output.size * 4;
  }

  /** From the sums to the output. */
  restore(run: Run): Stage {
    const { layer, placed, output } = this.#placing;
    const [h, w, c] = imageShape(placed.outputShape);
    return {
      split: 'images',
      floats: output.size,
      emit: (emit, images, thread) => {
        const { coefficients } = this.#of(thread);
        const z = this.sums(run, images);
        const y = run.target(output, images, thread);
        emit('normalize', z, images.count * h * w, c, coefficients, y, ...intervals[layer.activation]);
      },
    };
  }

  forward(run: Run): readonly Stage[] {
    const { placed, output, threads } = this.#placing;
    const [h, w, c] = imageShape(placed.outputShape);
    const { accumulators, accumulatorBytes } = run.regions;
    const normalize = this.restore(run);
    if (!this.#usesBatch(run)) return [normalize];
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, { first, count }, thread) => {
          const sums = accumulators + thread * accumulatorBytes + this.#momentSums;
          emit('moments', this.#sums + first * output.size * 4, count * h * w, c, this.#movingMean.value, sums);
        },
      },
      {
        split: 'threads',
        own: true,
        emit: (emit, thread) => {
          emit(
            'batchCoefficients',
            ...([c, accumulators + this.#momentSums, threads, accumulatorBytes, run.count * h * w] as const),
            ...([this.#movingMean.value, this.#gamma.value, this.#beta.value] as const),
            ...([this.#of(thread).coefficients, epsilon] as const),
          );
        },
      },
      normalize,
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { layer, placed, output, threads } = this.#placing;
    const [h, w, c] = imageShape(placed.outputShape);
    const { accumulators, accumulatorBytes } = run.regions;
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, images, thread) => {
          const { first, count } = images;
          const sums = accumulators + thread * accumulatorBytes + this.#gradientSums;
          const z = this.#sums + first * output.size * 4;
          emit(
            'normGradientSums',
            ...([run.gradient(output, images, thread), z, count * h * w, c, this.#of(thread).coefficients] as const),
            ...([...intervals[layer.activation], sums] as const),
          );
        },
      },
      {
        split: 'threads',
        own: true,
        emit: (emit, thread) => {
          const { coefficients, factors, gammaGradient, betaGradient } = this.#of(thread);
          const count = this.#usesBatch(run) ? run.count * h * w : 0;
          emit(
            'normGradientFactors',
            ...([c, accumulators + this.#gradientSums, threads, accumulatorBytes, count] as const),
            ...([coefficients, factors, gammaGradient, betaGradient] as const),
          );
        },
      },
      {
        split: 'images',
        floats: output.size,
        emit: (emit, images, thread) => {
          const z = this.#sums + images.first * output.size * 4;
          const gradient = run.gradient(output, images, thread);
          emit('normGradient', gradient, z, images.count * h * w, c, this.#of(thread).factors);
        },
      },
    ];
  }

  /** Gamma and beta, and the moving statistics, which nothing has touched since the step's start. */
  update(emit: Emit, _run: Run, thread: number): void {
    const { coefficients, gammaGradient, betaGradient } = this.#of(thread);
    const whole = { parts: 1, partStride: 0 };
    emitSharedUpdate(emit, this.#gamma, { offset: gammaGradient, ...whole }, { ...this.#placing, thread });
    emitSharedUpdate(emit, this.#beta, { offset: betaGradient, ...whole }, { ...this.#placing, thread });
    const { first, count } = share(this.#channels, thread, this.#placing.threads);
    const [mean, variance] = [coefficients + first * 4, coefficients + (4 * this.#channels + first) * 4];
    emit('moveStatistics', count, this.#movingMean.value + first * 4, mean, momentum);
    emit('moveStatistics', count, this.#movingVariance.value + first * 4, variance, momentum);
  }

  #usesBatch(run: Run): boolean {
    return run.training && this.#placing.trained;
  }

  #of(thread: number): OwnNumbers {
    const own = this.#own[thread];
    if (!own) throw new RangeError(`There is no thread ${String(thread)}.`);
    return own;
  }
}

/** Byte offsets of what one thread computes per channel; see the kernels of the same names. */
type OwnNumbers = {
  readonly coefficients: number;
  readonly factors: number;
  readonly gammaGradient: number;
  readonly betaGradient: number;
};
