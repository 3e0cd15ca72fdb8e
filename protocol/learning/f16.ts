/** Half-precision numbers (IEEE 754 binary16, little-endian): how weights are stored and sent. */

/** Units of the smallest half, 2^-24, in one. */
const subnormalsPerOne = 2 ** 24;

/** Adding and subtracting this rounds a double below 2^51 to an integer, ties to even. */
const roundToEven = 2 ** 52;

/**
 * The halves nearest to `values`, ties to even; 2 bytes each.
 * Throws a RangeError for a value that no finite half can stand for: NaN, infinite, or 65,520 and above in size.
 */
export function toF16(values: Float32Array): Uint8Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    const size = word & 0x7fff_ffff;
    // In a single, 0x477f_f000 is 65,520, the first that would round to infinity, and 0x3880_0000 is 2^-14, the smallest normal half.
    if (size >= 0x477f_f000)
      throw new RangeError(`A half holds up to ±65504; value ${String(i)} is ${String(values[i])}.`);
    const half =
      size >= 0x3880_0000
        ? (size - 0x3800_0000 + 0xfff + ((size >>> 13) & 1)) >>> 13
        : Math.abs(values[i] ?? 0) * subnormalsPerOne + roundToEven - roundToEven;
    view.setUint16(i * 2, ((word >>> 16) & 0x8000) | half, true);
  }
  return bytes;
}

/** The values of little-endian halves, exactly. Throws a RangeError when `bytes` has an odd length. */
export function fromF16(bytes: Uint8Array): Float32Array {
  if (bytes.length % 2) throw new RangeError(`Halves take 2 bytes each; got ${String(bytes.length)} bytes.`);
  singles ??= everyHalf();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float32Array(bytes.length / 2);
  for (let i = 0; i < values.length; i++) values[i] = singles[view.getUint16(i * 2, true)] ?? 0;
  return values;
}

/** The value of each of the 65,536 halves; 256 KB, made at the first use. */
let singles: Float32Array | undefined;

function everyHalf(): Float32Array {
  return Float32Array.from({ length: 65_536 }, (_, half) => {
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    const sign = half & 0x8000 ? -1 : 1;
    if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
    return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : fraction / subnormalsPerOne);
  });
}
