/** Weights, optimizer moments and step count as one byte array. */
import type { Network } from './network.ts';

/**
 * Layout, little-endian: u32 length of the header, the header (JSON: step count, names and sizes of the parameters),
 * then for each parameter its weights, first and second moments as f32.
 */
type Header = { readonly steps: number; readonly parameters: readonly (readonly [name: string, size: number])[] };

export function writeCheckpoint(network: Network, memory: WebAssembly.Memory, steps: number): Uint8Array {
  const header: Header = { steps, parameters: describe(network) };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const sizes = header.parameters.reduce((total, [, size]) => total + size, 0);
  const bytes = new Uint8Array(4 + head.length + sizes * 3 * 4);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const region of regions(network, memory)) {
    bytes.set(region, at);
    at += region.length;
  }
  return bytes;
}

/** Returns the step count. Throws an Error, and changes nothing, when the checkpoint is of another network. */
export function readCheckpoint(network: Network, memory: WebAssembly.Memory, bytes: Uint8Array): number {
  const length = bytes.length < 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (bytes.length < 4 + length) throw new Error('The checkpoint is cut short.');
  // Written by writeCheckpoint; the comparison below refuses all else.
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
  const targets = regions(network, memory);
  const expected = targets.reduce((total, region) => total + region.length, 4 + length);
  if (JSON.stringify(header.parameters) !== JSON.stringify(describe(network)) || bytes.length !== expected)
    throw new Error('The checkpoint belongs to another network.');
  let at = 4 + length;
  for (const region of targets) {
    region.set(bytes.subarray(at, at + region.length));
    at += region.length;
  }
  return header.steps;
}

function describe(network: Network): Header['parameters'] {
  return [...network.parameters.values()].map(({ name, size }) => [name, size]);
}

function regions(network: Network, memory: WebAssembly.Memory): readonly Uint8Array[] {
  return [...network.parameters.values()].flatMap(({ value, first, second, size }) =>
    [value, first, second].map((offset) => new Uint8Array(memory.buffer, offset, size * 4)),
  );
}
