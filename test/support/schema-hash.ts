/** One hash over everything that the wire's schemas demand. */
import { createHash } from 'node:crypto';
import { downSchema } from '../../protocol/down.ts';
import { upSchema } from '../../protocol/up.ts';

/** Changes with every field, bound, pattern and literal of any message. */
export function schemaHash(): string {
  return createHash('sha256')
    .update(JSON.stringify([describe(upSchema), describe(downSchema)]))
    .digest('hex');
}

/** What differs from run to run or says nothing of the wire: valibot's machinery and the source of functions. */
const leftOut = new Set(['~standard', '~run', 'reference', 'async', 'abortEarly', 'abortPipeEarly', 'expects']);

/** A schema as plain data: keys in order, patterns as text, classes by name. A `check` stands by its message. */
function describe(value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'function') return value.prototype === undefined ? undefined : value.name;
  if (Array.isArray(value)) return value.map(describe);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !leftOut.has(key) && each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, describe(each)]),
  );
}
