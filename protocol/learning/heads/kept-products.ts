/** Inner products that are kept from one computation to the next, because most of its vectors were in the last one, too. */
import { dot, innerProducts } from './linear-algebra.ts';

export class KeptProducts {
  /** The places of the last vectors, by what they were made from, and their products, `[n, n]`. */
  #places: ReadonlyMap<object, number> = new Map();
  #products: Float64Array = new Float64Array();
  #size = 0;

  /** `innerProducts(vectors)`; `sources`: what each vector was made from, the same object for the same vector. */
  of(vectors: readonly Float64Array[], sources: readonly object[]): Float64Array {
    const products = this.#places.size > 0 ? this.#withKept(vectors, sources) : innerProducts(vectors);
    this.#places = new Map(sources.map((source, place) => [source, place]));
    this.#products = products;
    this.#size = vectors.length;
    return products;
  }

  #withKept(vectors: readonly Float64Array[], sources: readonly object[]): Float64Array<ArrayBuffer> {
    const n = vectors.length;
    const former = sources.map((source) => this.#places.get(source));
    const products = new Float64Array(n * n);
    for (const [i, a] of vectors.entries())
      for (let j = 0; j <= i; j++) {
        const [row, column] = [former[i], former[j]];
        const known = row === undefined || column === undefined ? undefined : this.#products[row * this.#size + column];
        products[i * n + j] = products[j * n + i] = known ?? dot(a, vectors[j] ?? a);
      }
    return products;
  }
}
