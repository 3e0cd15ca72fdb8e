/** Batch normalisation and activation after a convolution. */
import type { ConvLayer, DepthwiseLayer } from '../../../../protocol/learning/model-spec.ts';
import type { Parameter } from '../parameter.ts';
import { share, type Emit, type Stage } from '../stage.ts';
import { intervals } from './activations.ts';
import type { Finish } from './finish.ts';
import type { Placing, Run } from './node.ts';
import { emitSharedUpdate } from './shared-update.ts';
import { imageShape } from './windows.ts';

/** As in Keras: the moving statistics keep this much of themselves each step. */
const momentum = 0.99;
const epsilon = 1e-3;

/** Ioffe & Szegedy 2015. A layer that is not trained uses its moving statistics and leaves them alone. */
export class NormFinish implements Finish {
  readonly sums: number;
  readonly #placing: Placing<ConvLayer | DepthwiseLayer>;
  readonly #channels: number;
  readonly #gamma: Parameter;
  readonly #beta: Parameter;
  readonly #movingMean: Parameter;
  readonly #movingVariance: Parameter;
  readonly #momentSums: number;
  readonly #gradientSums: number;
  readonly #coefficients: number;
  readonly #factors: number;
  readonly #gammaGradient: number;
  readonly #betaGradient: number;

  constructor(placing: Placing<ConvLayer | DepthwiseLayer>) {
    const { arena, output, batchSize } = placing;
    const [, , channels] = imageShape(placing.placed.outputShape);
    this.#placing = placing;
    this.#channels = channels;
    this.sums = arena.reserve(output.size * batchSize);
    this.#gamma = placing.parameter('gamma');
    this.#beta = placing.parameter('beta');
    this.#movingMean = placing.parameter('movingMean');
    this.#movingVariance = placing.parameter('movingVariance');
    this.#momentSums = arena.reserveAccumulator(2 * channels);
    this.#gradientSums = arena.reserveAccumulator(2 * channels);
    this.#coefficients = arena.reserve(4 * channels);
    this.#factors = arena.reserve(3 * channels);
    this.#gammaGradient = arena.reserve(channels);
    this.#betaGradient = arena.reserve(channels);
  }

  prepare(emit: Emit, run: Run): void {
    if (this.#usesBatch(run)) return;
    emit(
      'movingCoefficients',
      ...([0, this.#channels, this.#channels, this.#gamma.value, this.#beta.value] as const),
      ...([this.#movingMean.value, this.#movingVariance.value, this.#coefficients, epsilon] as const),
    );
  }

  forward(run: Run): readonly Stage[] {
    const { layer, placed, output } = this.#placing;
    const [h, w, c] = imageShape(placed.outputShape);
    const interval = intervals[layer.activation];
    const normalize: Stage = {
      split: 'images',
      floats: output.size,
      emit: (emit, { first, count }) => {
        const at = first * output.size * 4;
        emit('normalize', this.sums + at, count * h * w, c, this.#coefficients, output.value + at, ...interval);
      },
    };
    if (!this.#usesBatch(run)) return [normalize];
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, { first, count }, thread) => {
          const { accumulators, accumulatorBytes } = run.regions;
          const sums = accumulators + thread * accumulatorBytes + this.#momentSums;
          emit('moments', this.sums + first * output.size * 4, count * h * w, c, this.#movingMean.value, sums);
        },
      },
      {
        split: 'threads',
        emit: (emit, thread) => {
          const { threads } = this.#placing;
          const { first, count } = share(c, thread, threads);
          const { accumulators, accumulatorBytes } = run.regions;
          emit(
            'batchCoefficients',
            ...([first, first + count, c, accumulators + this.#momentSums, threads, accumulatorBytes] as const),
            ...([run.count * h * w, this.#gamma.value, this.#beta.value] as const),
            ...([this.#movingMean.value, this.#movingVariance.value, this.#coefficients, momentum, epsilon] as const),
          );
        },
      },
      normalize,
    ];
  }

  backward(run: Run): readonly Stage[] {
    const { layer, placed, output, threads } = this.#placing;
    const { gradient } = output;
    if (gradient === undefined) return [];
    const [h, w, c] = imageShape(placed.outputShape);
    const { accumulators, accumulatorBytes } = run.regions;
    return [
      {
        split: 'images',
        floats: output.size,
        emit: (emit, { first, count }, thread) => {
          const at = first * output.size * 4;
          emit(
            'normGradientSums',
            ...([gradient + at, this.sums + at, count * h * w, c, this.#coefficients] as const),
            ...([
              ...intervals[layer.activation],
              accumulators + thread * accumulatorBytes + this.#gradientSums,
            ] as const),
          );
        },
      },
      {
        split: 'threads',
        emit: (emit, thread) => {
          const own = share(c, thread, threads);
          const count = this.#usesBatch(run) ? run.count * h * w : 0;
          emit(
            'normGradientFactors',
            ...([own.first, own.first + own.count, c, accumulators + this.#gradientSums, threads] as const),
            ...([accumulatorBytes, count, this.#coefficients] as const),
            ...([this.#gammaGradient, this.#betaGradient, this.#factors] as const),
          );
        },
      },
      {
        split: 'images',
        floats: output.size,
        emit: (emit, { first, count }) => {
          const at = first * output.size * 4;
          emit('normGradient', gradient + at, this.sums + at, count * h * w, c, this.#factors);
        },
      },
    ];
  }

  update(emit: Emit, _run: Run, thread: number): void {
    const whole = { parts: 1, partStride: 0 };
    emitSharedUpdate(emit, this.#gamma, { offset: this.#gammaGradient, ...whole }, { ...this.#placing, thread });
    emitSharedUpdate(emit, this.#beta, { offset: this.#betaGradient, ...whole }, { ...this.#placing, thread });
  }

  #usesBatch(run: Run): boolean {
    return run.training && this.#placing.trained;
  }
}
