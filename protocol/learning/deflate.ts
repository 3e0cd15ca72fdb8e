/** Raw DEFLATE through the platform's own streams: the same in browsers and Node. */

export function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  return through(new CompressionStream('deflate-raw'), bytes, Infinity);
}

/** Throws a RangeError as soon as more than `maxBytes` come out, a TypeError for bytes that are no DEFLATE stream. */
export function inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  return through(new DecompressionStream('deflate-raw'), bytes, maxBytes);
}

async function through(transform: ByteTransform, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const writer = transform.writable.getWriter();
  const reader = transform.readable.getReader();
  // Not awaited before reading: the stream waits for its reader. What fails here fails the reader as well, with the same error.
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const chunk = read.value ?? new Uint8Array();
    length += chunk.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new RangeError(`Expected to inflate to at most ${String(maxBytes)} bytes.`);
    }
    chunks.push(chunk);
  }
  await written;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
