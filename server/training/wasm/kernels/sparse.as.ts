/**
 * Gradients of a convolution behind max-pooling. All but the winner of each pooling window are zero, and where the
 * activation is off the winner is too: what is left is listed, and only that is multiplied.
 *
 * A list is `[count, group, group, ..., entry, entry, ...]`. A group is `[end of its entries, byte offset of its target]`
 * and begins where the one before it ends; an entry is `[byte offset of its source, factor]`.
 */
import { multiplyAdd } from './lanes.as';

const groupBytes: usize = 8;
const entryBytes: usize = 8;


@inline
function closeGroup(list: usize, group: i32, end: usize, target: usize): void {
  const at = list + 8 + <usize>group * groupBytes;
  store<u32>(at, <u32>end);
  store<u32>(at, <u32>target, 4);
}

/** Byte offset of the pixel at `cell` (row * side + column) of a window whose first pixel lies at `origin`. */
@inline
function cellOffset(origin: usize, cell: i32, side: i32, line: usize, pixel: usize): usize {
  return origin + <usize>(cell / side) * line + <usize>(cell % side) * pixel;
}

/**
 * A group for each channel: for each winner the place of its convolution window in the padded input, and its gradient.
 * `line` and `pixel` are the bytes in that input from one output row or column to the next; `origin` (may be negative)
 * is the place of the first pooling window. Targets lie `targetBytes` apart. Adds each channel's gradients to `sums`.
 */
export function listByChannel(
  gradients: usize, winners: usize, height: i32, width: i32, channels: i32, side: i32, stride: i32,
  origin: isize, line: usize, pixel: usize, targetBytes: usize, sums: usize, list: usize,
): void {
  store<i32>(list, channels);
  let entry = list + 8 + <usize>channels * groupBytes;
  const step = <usize>channels << 2;
  for (let c = 0; c < channels; c++) {
    let from = <usize>c << 2, sum: f32 = 0;
    for (let y = 0; y < height; y++) {
      let window = <usize>origin + <usize>(y * stride) * line;
      for (let x = 0; x < width; x++) {
        const cell = load<i32>(winners + from), g = load<f32>(gradients + from);
        if (cell >= 0) {
          store<u32>(entry, <u32>cellOffset(window, cell, side, line, pixel));
          store<f32>(entry, g, 4);
          entry += entryBytes;
          sum += g;
        }
        from += step;
        window += <usize>stride * pixel;
      }
    }
    closeGroup(list, c, entry, <usize>c * targetBytes);
    store<f32>(sums + (<usize>c << 2), load<f32>(sums + (<usize>c << 2)) + sum);
  }
}

/**
 * A group for each pixel of the convolution's output that won for some channel: its channels (as places of their weights,
 * `weightBytes` apart) and gradients; the target is the pixel's window in the padded input.
 */
export function listByPixel(
  gradients: usize, winners: usize, height: i32, width: i32, channels: i32, side: i32, stride: i32,
  origin: isize, line: usize, pixel: usize, weightBytes: usize, list: usize,
): void {
  const cells = side * side, first = list + 8 + <usize>(height * width * cells) * groupBytes;
  let groups = 0, entry = first, begin = first;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const window = <usize>origin + <usize>(y * stride) * line + <usize>(x * stride) * pixel;
      for (let cell = 0; cell < cells; cell++) {
        for (let c = 0; c < channels; c++) {
          store<u32>(entry, <u32>(<usize>c * weightBytes));
          store<f32>(entry, load<f32>(gradients + (<usize>c << 2)), 4);
          entry += load<i32>(winners + (<usize>c << 2)) == cell ? entryBytes : 0;
        }
        if (entry == begin) continue;
        closeGroup(list, groups++, entry, cellOffset(window, cell, side, line, pixel));
        begin = entry;
      }
      gradients += <usize>channels << 2;
      winners += <usize>channels << 2;
    }
  store<i32>(list, groups);
}

/**
 * For each group: target += sum of factor * source, over `floats` floats (a multiple of four). `room` is how many groups
 * the list has room for. Columns are taken in strips, so that all groups' sources stay in the first cache.
 */
export function gatherRows(list: usize, room: i32, source: usize, target: usize, floats: i32): void {
  const groups = load<i32>(list), entries = list + 8 + <usize>room * groupBytes;
  let at: i32 = 0;
  for (; at + 40 <= floats; at += 40) gather10(list + 8, groups, entries, source + (<usize>at << 2), target + (<usize>at << 2));
  for (; at + 16 <= floats; at += 16) gather4(list + 8, groups, entries, source + (<usize>at << 2), target + (<usize>at << 2));
  for (; at < floats; at += 4) gather1(list + 8, groups, entries, source + (<usize>at << 2), target + (<usize>at << 2));
}

function gather10(group: usize, groups: i32, entry: usize, source: usize, target: usize): void {
  for (; groups > 0; groups--) {
    const end = <usize>load<u32>(group), to = target + <usize>load<u32>(group, 4);
    let s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48), s4 = v128.load(to, 64);
    let s5 = v128.load(to, 80), s6 = v128.load(to, 96), s7 = v128.load(to, 112), s8 = v128.load(to, 128), s9 = v128.load(to, 144);
    for (; entry < end; entry += entryBytes) {
      const from = source + <usize>load<u32>(entry), factor = v128.load32_splat(entry, 4);
      s0 = multiplyAdd<v128>(factor, v128.load(from), s0);
      s1 = multiplyAdd<v128>(factor, v128.load(from, 16), s1);
      s2 = multiplyAdd<v128>(factor, v128.load(from, 32), s2);
      s3 = multiplyAdd<v128>(factor, v128.load(from, 48), s3);
      s4 = multiplyAdd<v128>(factor, v128.load(from, 64), s4);
      s5 = multiplyAdd<v128>(factor, v128.load(from, 80), s5);
      s6 = multiplyAdd<v128>(factor, v128.load(from, 96), s6);
      s7 = multiplyAdd<v128>(factor, v128.load(from, 112), s7);
      s8 = multiplyAdd<v128>(factor, v128.load(from, 128), s8);
      s9 = multiplyAdd<v128>(factor, v128.load(from, 144), s9);
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    v128.store(to, s4, 64);
    v128.store(to, s5, 80);
    v128.store(to, s6, 96);
    v128.store(to, s7, 112);
    v128.store(to, s8, 128);
    v128.store(to, s9, 144);
    group += groupBytes;
  }
}

function gather4(group: usize, groups: i32, entry: usize, source: usize, target: usize): void {
  for (; groups > 0; groups--) {
    const end = <usize>load<u32>(group), to = target + <usize>load<u32>(group, 4);
    let s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48);
    for (; entry < end; entry += entryBytes) {
      const from = source + <usize>load<u32>(entry), factor = v128.load32_splat(entry, 4);
      s0 = multiplyAdd<v128>(factor, v128.load(from), s0);
      s1 = multiplyAdd<v128>(factor, v128.load(from, 16), s1);
      s2 = multiplyAdd<v128>(factor, v128.load(from, 32), s2);
      s3 = multiplyAdd<v128>(factor, v128.load(from, 48), s3);
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    group += groupBytes;
  }
}

function gather1(group: usize, groups: i32, entry: usize, source: usize, target: usize): void {
  for (; groups > 0; groups--) {
    const end = <usize>load<u32>(group), to = target + <usize>load<u32>(group, 4);
    let sum = v128.load(to);
    for (; entry < end; entry += entryBytes)
      sum = multiplyAdd<v128>(v128.load32_splat(entry, 4), v128.load(source + <usize>load<u32>(entry)), sum);
    v128.store(to, sum);
    group += groupBytes;
  }
}

/** `[rows, columns]` to `[columns, rows]`; strides in floats. */
export function transpose(source: usize, rows: i32, columns: i32, sourceStride: i32, target: usize, targetStride: i32): void {
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      store<f32>(target + (<usize>(c * targetStride + r) << 2), load<f32>(source + (<usize>(r * sourceStride + c) << 2)));
}
