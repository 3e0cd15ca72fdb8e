/** The little linear algebra that heads need, on dense row-major arrays. */

/** The inner product of two vectors of one length. Of one array type, because reading two is several times slower. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The inner product of every two of `vectors`, which are of one length: `[n, n]`, each number to the last bit as of `dot`. */
export function innerProducts(vectors: readonly Float64Array[]): Float64Array {
  const n = vectors.length;
  const products = new Float64Array(n * n);
  for (const [i, a] of vectors.entries())
    for (let j = 0; j <= i; j += 4) {
      // Four at a time: a sum waits for its last term to be added, and three others fill that time.
      const [b = a, c = a, d = a, e = a] = vectors.slice(j, j + 4);
      fourProducts(a, [b, c, d, e]).forEach((product, k) => {
        if (j + k <= i) products[i * n + j + k] = products[(j + k) * n + i] = product;
      });
    }
  return products;
}

type Four<T> = readonly [T, T, T, T];

function fourProducts(a: Float64Array, [b, c, d, e]: Four<Float64Array>): Four<number> {
  let [ab, ac, ad, ae] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const value = a[i] ?? 0;
    ab += value * (b[i] ?? 0);
    ac += value * (c[i] ?? 0);
    ad += value * (d[i] ?? 0);
    ae += value * (e[i] ?? 0);
  }
  return [ab, ac, ad, ae];
}

/**
 * Writes into `lower` the lower triangle L of a symmetric positive definite `matrix`, both `[n, n]`, with L Lᵀ = `matrix` (Cholesky);
 * above it stays what was there. Throws a RangeError when the matrix is not positive definite.
 */
export function cholesky(matrix: Float64Array, n: number, lower: Float64Array): void {
  for (let column = 0; column < n; column++) {
    const own = column * n;
    let rest = matrix[own + column] ?? 0;
    for (let k = 0; k < column; k++) rest -= (lower[own + k] ?? 0) ** 2;
    if (!(rest > 0)) throw new RangeError('Expected a positive definite matrix.');
    const root = Math.sqrt(rest);
    lower[own + column] = root;
    // Four rows at a time, as above; where there are fewer, the last one more than once.
    for (let row = column + 1; row < n; row += 4) {
      const [a, b, c, d] = [
        row * n,
        Math.min(row + 1, n - 1) * n,
        Math.min(row + 2, n - 1) * n,
        Math.min(row + 3, n - 1) * n,
      ];
      let [ofA, ofB] = [matrix[a + column] ?? 0, matrix[b + column] ?? 0];
      let [ofC, ofD] = [matrix[c + column] ?? 0, matrix[d + column] ?? 0];
      for (let k = 0; k < column; k++) {
        const value = lower[own + k] ?? 0;
        ofA -= (lower[a + k] ?? 0) * value;
        ofB -= (lower[b + k] ?? 0) * value;
        ofC -= (lower[c + k] ?? 0) * value;
        ofD -= (lower[d + k] ?? 0) * value;
      }
      lower[a + column] = ofA / root;
      lower[b + column] = ofB / root;
      lower[c + column] = ofC / root;
      lower[d + column] = ofD / root;
    }
  }
}

/** The x of L Lᵀ x = `right`, `[n]`. */
export function solveCholesky(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = Float64Array.from(right);
  for (let row = 0; row < n; row++) {
    let sum = x[row] ?? 0;
    for (let k = 0; k < row; k++) sum -= (lower[row * n + k] ?? 0) * (x[k] ?? 0);
    x[row] = sum / (lower[row * n + row] ?? 1);
  }
  for (let row = n - 1; row >= 0; row--) {
    const solved = (x[row] ?? 0) / (lower[row * n + row] ?? 1);
    x[row] = solved;
    for (let k = 0; k < row; k++) x[k] = (x[k] ?? 0) - (lower[row * n + k] ?? 0) * solved;
  }
  return x;
}

/** The diagonal of the inverse of L Lᵀ, `[n]`: the columns of the inverse of L, squared and summed. */
export function inverseDiagonal(lower: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let row = j; row < n; row++) {
      let sum = row === j ? 1 : 0;
      for (let k = j; k < row; k++) sum -= (lower[row * n + k] ?? 0) * (column[k] ?? 0);
      const value = sum / (lower[row * n + row] ?? 1);
      column[row] = value;
      diagonal[j] = (diagonal[j] ?? 0) + value * value;
    }
  }
  return diagonal;
}
