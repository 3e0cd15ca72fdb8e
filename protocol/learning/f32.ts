/** Single-precision numbers as little-endian bytes, 4 each, whatever the machine's own order. */

export function toF32(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i] ?? 0, true);
  return bytes;
}

/** Throws a RangeError when the bytes do not divide into fours. */
export function fromF32(bytes: Uint8Array): Float32Array {
  if (bytes.length % 4) throw new RangeError(`Singles take 4 bytes each; got ${String(bytes.length)} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float32Array(bytes.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(i * 4, true);
  return values;
}
