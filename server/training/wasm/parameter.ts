/** One weight tensor in the shared memory, with what the optimizer keeps for it, and its update. */
import type { Shape } from '../../../protocol/learning/model-spec.ts';
import { sizeOf, type WeightShape } from '../../../protocol/learning/shapes.ts';
import type { Optimizer } from '../trainer.ts';
import type { Arena } from './memory.ts';
import type { Emit } from './stage.ts';

export type Parameter = {
  readonly name: string;
  readonly shape: Shape;
  readonly size: number;
  /** Byte offsets of the weights and of the optimizer's first and second moments. */
  readonly value: number;
  readonly first: number;
  readonly second: number;
};

/** Where the gradient of a parameter lies: the sum of `parts` buffers, `partStride` bytes apart. */
export type Gradient = { readonly offset: number; readonly parts: number; readonly partStride: number };

export function reserveParameter(arena: Arena, weight: WeightShape): Parameter {
  const size = sizeOf(weight.shape);
  const [value, first, second] = [arena.reserve(size), arena.reserve(size), arena.reserve(size)];
  return { ...weight, size, value, first, second };
}

/** Updates weights `first` to `first + count` of `parameter`; `gradient` begins at the first of them. */
export function emitUpdate(
  emit: Emit,
  parameter: Parameter,
  gradient: Gradient,
  options: { readonly optimizer: Optimizer; readonly hyper: number; readonly first: number; readonly count: number },
): void {
  const { optimizer, hyper, first, count } = options;
  if (count === 0) return;
  const at = first * 4;
  const decay = parameter.name.endsWith('/kernel') ? optimizer.weightDecay : 0;
  const { offset, parts, partStride } = gradient;
  switch (optimizer.kind) {
    case 'adam':
      emit(
        'adam',
        ...([count, parameter.value + at, parameter.first + at, parameter.second + at] as const),
        ...([offset, parts, partStride, hyper, decay] as const),
      );
      break;
    case 'sgd':
      emit('sgd', count, parameter.value + at, parameter.first + at, offset, parts, partStride, hyper, decay);
      break;
    default:
      optimizer satisfies never;
  }
}

/** What the update kernels read at `hyper`: see optimizer.as.ts. `step` counts from 1. */
export function hyperValues(optimizer: Optimizer, learningRate: number, step: number): readonly number[] {
  switch (optimizer.kind) {
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer;
      return [learningRate, beta1, beta2, 1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step), epsilon];
    }
    case 'sgd':
      return [learningRate, optimizer.momentum, 0, 0, 0, 0];
    default:
      return optimizer satisfies never;
  }
}
