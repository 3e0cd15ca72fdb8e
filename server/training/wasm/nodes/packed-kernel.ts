/** A convolution's kernel, packed at the step's start for the products that use it. */
import type { Arena } from '../memory.ts';
import type { Parameter } from '../parameter.ts';
import type { Emit } from '../stage.ts';

export class PackedKernel {
  /** Rows and columns of the kernel as a matrix. */
  readonly depth: number;
  readonly filters: number;
  /** Byte offsets: for windows times kernel, and for gradients times the kernel's transpose. */
  readonly forward: number;
  readonly backward: number;
  readonly #kernel: Parameter;

  constructor(arena: Arena, kernel: Parameter, filters: number) {
    this.#kernel = kernel;
    this.filters = filters;
    this.depth = kernel.size / filters;
    this.forward = arena.reserve(this.depth * Math.ceil(filters / 8) * 8);
    this.backward = arena.reserve(filters * Math.ceil(this.depth / 8) * 8);
  }

  emitPack(emit: Emit, forGradients: boolean): void {
    const { depth, filters } = this;
    emit('packB', filters, depth, this.#kernel.value, filters, 1, this.forward);
    if (forGradients) emit('packB', depth, filters, this.#kernel.value, 1, filters, this.backward);
  }
}
