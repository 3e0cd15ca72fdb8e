/** What a training run needs to go on, as one byte array: the same for every engine, so that another can take over. */

/** A weight tensor with what the optimizer keeps for it, row-major. Gradient descent keeps its velocity in `first`. */
export type ParameterState = {
  readonly value: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
};

export type TrainingState = {
  /** Optimizer steps taken. */
  readonly steps: number;
  /** By weight name, in the order of `weightShapes(spec)`. */
  readonly parameters: ReadonlyMap<string, ParameterState>;
};

/** Name and number of values of each parameter, in their order. */
export type ParameterSizes = readonly (readonly [name: string, size: number])[];

type Header = { readonly steps: number; readonly parameters: ParameterSizes };

/**
 * Layout, little-endian: u32 length of the header, the header (JSON: step count, names and sizes of the parameters),
 * then for each parameter its weights, first and second moments as f32.
 */
export function encodeCheckpoint({ steps, parameters }: TrainingState): Uint8Array {
  const header: Header = { steps, parameters: [...parameters].map(([name, { value }]) => [name, value.length]) };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(bodyStart(head.length) + bodyBytes(header.parameters));
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = bodyStart(head.length);
  for (const { value, first, second } of parameters.values())
    for (const floats of [value, first, second]) {
      bytes.set(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength), at);
      at += floats.byteLength;
    }
  return bytes;
}

/** Throws an Error when the bytes are cut short or hold other parameters than those `expected`. */
export function decodeCheckpoint(bytes: Uint8Array, expected: ParameterSizes): TrainingState {
  const length = bytes.length < 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (bytes.length < bodyStart(length)) throw new Error('The checkpoint is cut short.');
  const steps = stepsOf(parseJson(bytes.subarray(4, bodyStart(length))), expected);
  if (steps === undefined) throw new Error('The checkpoint belongs to another network.');
  let at = bodyStart(length);
  if (bytes.length !== at + bodyBytes(expected))
    throw new Error(
      `The checkpoint is cut short or spoilt: expected ${String(at + bodyBytes(expected))} bytes, got ${String(bytes.length)}.`,
    );
  // Copied by the constructor: the slice of a Buffer would be a view of all its bytes.
  const next = (size: number): Float32Array =>
    new Float32Array(new Uint8Array(bytes.subarray(at, (at += size * 4))).buffer);
  const parameters = expected.map(
    ([name, size]) => [name, { value: next(size), first: next(size), second: next(size) }] as const,
  );
  return { steps, parameters: new Map(parameters) };
}

/** The step count of a header with the `expected` parameters; undefined for any other value. */
function stepsOf(header: unknown, expected: ParameterSizes): number | undefined {
  if (typeof header !== 'object' || header === null || !('steps' in header && 'parameters' in header)) return undefined;
  const { steps, parameters } = header;
  if (JSON.stringify(parameters) !== JSON.stringify(expected)) return undefined;
  return typeof steps === 'number' && Number.isInteger(steps) && steps >= 0 ? steps : undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // Bytes that are no JSON are no header either.
  }
}

function bodyStart(headerLength: number): number {
  return 4 + headerLength;
}

function bodyBytes(parameters: ParameterSizes): number {
  return parameters.reduce((total, [, size]) => total + size * 3 * 4, 0);
}
