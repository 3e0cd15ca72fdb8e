/** Everything that a device sends. */
import * as v from 'valibot';
import { helloSchema } from './messages/hello.ts';
import { historyRequestSchema } from './messages/history-request.ts';
import { labelEventSchema } from './messages/label-event.ts';
import { modelRequestSchema } from './messages/model-request.ts';
import { modelStatusSchema } from './messages/model-status.ts';
import { pinSchema } from './messages/pin.ts';
import { sampleSchema } from './messages/sample.ts';

export const upSchema = v.variant('type', [
  helloSchema,
  sampleSchema,
  labelEventSchema,
  modelStatusSchema,
  modelRequestSchema,
  historyRequestSchema,
  pinSchema,
]);
export type UpMessage = v.InferOutput<typeof upSchema>;
