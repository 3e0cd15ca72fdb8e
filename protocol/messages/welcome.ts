/** Hub → device, the answer to `hello`: you are in. `room-state` and, if the device is behind, `model-offer` follow. */
import * as v from 'valibot';
import { maxNameLength, maxTokenLength } from '../limits.ts';

export const welcomeSchema = v.strictObject({
  type: v.literal('welcome'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  hubName: v.pipe(v.string(), v.maxLength(maxNameLength)),
  /** Where training runs, in words: `wasm (2 threads)`. */
  trainerBackend: v.pipe(v.string(), v.maxLength(maxNameLength)),
  /** Given once, when the device has just paired: it shows it in every later `hello`. */
  secret: v.nullable(v.pipe(v.string(), v.maxLength(maxTokenLength))),
});
export type Welcome = v.InferOutput<typeof welcomeSchema>;
