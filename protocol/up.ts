/** Everything that a device sends. */
import * as v from 'valibot';
import { helloSchema } from './messages/hello.ts';
import { labelEventSchema } from './messages/label-event.ts';
import { modelRequestSchema } from './messages/model-request.ts';
import { modelStatusSchema } from './messages/model-status.ts';
import { sampleSchema } from './messages/sample.ts';

export const upSchema = v.variant('type', [
  helloSchema,
  sampleSchema,
  labelEventSchema,
  modelStatusSchema,
  modelRequestSchema,
]);
export type UpMessage = v.InferOutput<typeof upSchema>;
