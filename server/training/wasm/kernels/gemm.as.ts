/**
 * Matrix product C = A B (or C += A B), row-major C, any strides for A and B: both are packed into panels, so a transpose
 * costs only packing. The micro-kernel holds a 6x8 tile of C in twelve registers; a larger tile spills in V8.
 * All strides and leading dimensions are in floats, pointers in bytes.
 */

const rowBlock: i32 = 96;
const depthBlock: i32 = 448;
const columnBlock: i32 = 256;

/** The bytes of scratch that one product needs: a tile, a block of A, a block of B. */
export function gemmScratchBytes(): i32 {
  return 256 + ((rowBlock * depthBlock) << 2) + ((columnBlock * depthBlock) << 2);
}

@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}

/** One tile: `depth` steps over a panel of A (6 wide) and of B (8 wide). Emitted straight, in this order, on purpose. */
function tile(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a, 0);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = madd(x, b0, c50);
    c51 = madd(x, b1, c51);
    a += 24;
    b += 32;
  }
  const step = ldc << 2;
  if (accumulate) {
    let p = c;
    c00 = f32x4.add(c00, v128.load(p));
    c01 = f32x4.add(c01, v128.load(p, 16));
    p += step;
    c10 = f32x4.add(c10, v128.load(p));
    c11 = f32x4.add(c11, v128.load(p, 16));
    p += step;
    c20 = f32x4.add(c20, v128.load(p));
    c21 = f32x4.add(c21, v128.load(p, 16));
    p += step;
    c30 = f32x4.add(c30, v128.load(p));
    c31 = f32x4.add(c31, v128.load(p, 16));
    p += step;
    c40 = f32x4.add(c40, v128.load(p));
    c41 = f32x4.add(c41, v128.load(p, 16));
    p += step;
    c50 = f32x4.add(c50, v128.load(p));
    c51 = f32x4.add(c51, v128.load(p, 16));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += step;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += step;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += step;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += step;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += step;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}

/** The first `rows` (at most 4) of a tile, for the edge: two thirds of the work of a whole one. */
function tile4(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, rows: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a, 0);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    a += 24;
    b += 32;
  }
  const step = ldc << 2;
  storeRow(c, c00, c01, accumulate);
  if (rows > 1) storeRow(c + step, c10, c11, accumulate);
  if (rows > 2) storeRow(c + 2 * step, c20, c21, accumulate);
  if (rows > 3) storeRow(c + 3 * step, c30, c31, accumulate);
}

@inline
function storeRow(c: usize, left: v128, right: v128, accumulate: i32): void {
  v128.store(c, accumulate ? f32x4.add(v128.load(c), left) : left);
  v128.store(c, accumulate ? f32x4.add(v128.load(c, 16), right) : right, 16);
}

/** Four runs of four floats, `from` apart, to four columns, `to` bytes apart. */
@inline
function transpose4(source: usize, from: usize, target: usize, to: usize): void {
  const r0 = v128.load(source), r1 = v128.load(source + from);
  const r2 = v128.load(source + 2 * from), r3 = v128.load(source + 3 * from);
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<i64>(t0, t2, 0, 2));
  v128.store(target + to, v128.shuffle<i64>(t0, t2, 1, 3));
  v128.store(target + 2 * to, v128.shuffle<i64>(t1, t3, 0, 2));
  v128.store(target + 3 * to, v128.shuffle<i64>(t1, t3, 1, 3));
}

/** Two runs of four floats to four columns of two. */
@inline
function transpose2(source: usize, from: usize, target: usize, to: usize): void {
  const r0 = v128.load(source), r1 = v128.load(source + from);
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  v128.store64_lane(target, t0, 0);
  v128.store64_lane(target + to, t0, 1);
  v128.store64_lane(target + 2 * to, t1, 0);
  v128.store64_lane(target + 3 * to, t1, 1);
}

/** `width` lines of `depth` floats to one panel `[depth][6]`, missing lines as zeros. */
function packPanelA(width: i32, depth: i32, source: usize, lineStride: i32, depthStride: i32, target: usize): void {
  const line = <usize>lineStride << 2, deep = <usize>depthStride << 2;
  if (width == 6 && lineStride == 1) {
    for (let k = 0; k < depth; k++) {
      v128.store(target, v128.load(source));
      store<u64>(target, load<u64>(source, 16), 16);
      source += deep;
      target += 24;
    }
  } else if (width == 6 && depthStride == 1) {
    let k = 0;
    for (; k + 4 <= depth; k += 4) {
      transpose4(source, line, target, 24);
      transpose2(source + 4 * line, line, target + 16, 24);
      source += 16;
      target += 96;
    }
    for (; k < depth; k++) {
      for (let i = 0; i < 6; i++) store<f32>(target + (i << 2), load<f32>(source + i * line));
      source += 4;
      target += 24;
    }
  } else {
    for (let k = 0; k < depth; k++) {
      for (let i = 0; i < 6; i++) store<f32>(target + (i << 2), i < width ? load<f32>(source + i * line) : 0);
      source += deep;
      target += 24;
    }
  }
}

/** As `packPanelA`, to `[depth][8]`. */
function packPanelB(width: i32, depth: i32, source: usize, lineStride: i32, depthStride: i32, target: usize): void {
  const line = <usize>lineStride << 2, deep = <usize>depthStride << 2;
  if (width == 8 && lineStride == 1) {
    for (let k = 0; k < depth; k++) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
      source += deep;
      target += 32;
    }
  } else if (width == 8 && depthStride == 1) {
    let k = 0;
    for (; k + 4 <= depth; k += 4) {
      transpose4(source, line, target, 32);
      transpose4(source + 4 * line, line, target + 16, 32);
      source += 16;
      target += 128;
    }
    for (; k < depth; k++) {
      for (let i = 0; i < 8; i++) store<f32>(target + (i << 2), load<f32>(source + i * line));
      source += 4;
      target += 32;
    }
  } else {
    for (let k = 0; k < depth; k++) {
      for (let i = 0; i < 8; i++) store<f32>(target + (i << 2), i < width ? load<f32>(source + i * line) : 0);
      source += deep;
      target += 32;
    }
  }
}

/** Depth of each block, so that the blocks of `depth` are about equal. Packed weights and products agree on it. */
@inline
function blockDepth(depth: i32): i32 {
  const blocks = (depth + depthBlock - 1) / depthBlock;
  return (depth + blocks - 1) / blocks;
}

/** Packs the whole B `[k, n]` for `gemmPacked`: `k` x (`n` rounded up to 8) floats. */
export function packB(n: i32, k: i32, b: usize, rowStride: i32, columnStride: i32, target: usize): void {
  const deepest = blockDepth(k);
  for (let k0 = 0; k0 < k; k0 += deepest) {
    const depth = min(deepest, k - k0);
    for (let j = 0; j < n; j += 8) {
      packPanelB(min(8, n - j), depth, b + (<usize>(k0 * rowStride + j * columnStride) << 2), columnStride, rowStride, target);
      target += <usize>depth << 5;
    }
  }
}

/** Packs `rows` x `depth` of A, then multiplies it with packed panels of B. */
function multiplyBlock(
  rows: i32, columns: i32, depth: i32, a: usize, rowStride: i32, columnStride: i32,
  panels: usize, c: usize, ldc: i32, accumulate: i32, scratch: usize,
): void {
  const packed = scratch + 256;
  for (let i = 0; i < rows; i += 6)
    packPanelA(min(6, rows - i), depth, a + (<usize>(i * rowStride) << 2), rowStride, columnStride, packed + (<usize>(i * depth) << 2));
  for (let j = 0; j < columns; j += 8) {
    const b = panels + (<usize>(j * depth) << 2), width = min(8, columns - j);
    for (let i = 0; i < rows; i += 6) {
      const height = min(6, rows - i), target = c + (<usize>(i * ldc + j) << 2);
      if (height == 6 && width == 8) tile(depth, packed + (<usize>(i * depth) << 2), b, target, ldc, accumulate);
      else if (height <= 4 && width == 8) tile4(depth, packed + (<usize>(i * depth) << 2), b, target, ldc, accumulate, height);
      else {
        tile(depth, packed + (<usize>(i * depth) << 2), b, scratch, 8, 0);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const p = target + (<usize>(y * ldc + x) << 2), value = load<f32>(scratch + (<usize>(y * 8 + x) << 2));
            store<f32>(p, accumulate ? load<f32>(p) + value : value);
          }
      }
    }
  }
}

/** C `[m, n]` = A `[m, k]` times B, packed by `packB`; added to C when `accumulate`. */
export function gemmPacked(
  m: i32, n: i32, k: i32, a: usize, aRowStride: i32, aColumnStride: i32,
  panels: usize, c: usize, ldc: i32, accumulate: i32, scratch: usize,
): void {
  const deepest = blockDepth(k), paddedColumns = (n + 7) & ~7;
  for (let k0 = 0; k0 < k; k0 += deepest) {
    const depth = min(deepest, k - k0), block = panels + (<usize>(k0 * paddedColumns) << 2);
    for (let i = 0; i < m; i += rowBlock)
      multiplyBlock(
        min(rowBlock, m - i), n, depth, a + (<usize>(i * aRowStride + k0 * aColumnStride) << 2), aRowStride, aColumnStride,
        block, c + (<usize>(i * ldc) << 2), ldc, accumulate | k0, scratch,
      );
  }
}

/** C `[m, n]` = A `[m, k]` B `[k, n]`, both of any strides; added to C when `accumulate`. */
export function gemm(
  m: i32, n: i32, k: i32, a: usize, aRowStride: i32, aColumnStride: i32,
  b: usize, bRowStride: i32, bColumnStride: i32, c: usize, ldc: i32, accumulate: i32, scratch: usize,
): void {
  const deepest = blockDepth(k), panels = scratch + 256 + ((rowBlock * depthBlock) << 2);
  for (let j0 = 0; j0 < n; j0 += columnBlock) {
    const columns = min(columnBlock, n - j0);
    for (let k0 = 0; k0 < k; k0 += deepest) {
      const depth = min(deepest, k - k0);
      for (let j = 0; j < columns; j += 8)
        packPanelB(
          min(8, columns - j), depth, b + (<usize>(k0 * bRowStride + (j0 + j) * bColumnStride) << 2), bColumnStride, bRowStride,
          panels + (<usize>(j * depth) << 2),
        );
      for (let i = 0; i < m; i += rowBlock)
        multiplyBlock(
          min(rowBlock, m - i), columns, depth, a + (<usize>(i * aRowStride + k0 * aColumnStride) << 2), aRowStride, aColumnStride,
          panels, c + (<usize>(i * ldc + j0) << 2), ldc, accumulate | k0, scratch,
        );
    }
  }
}
