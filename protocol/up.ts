/** Everything that a device sends. */
import * as v from 'valibot';
import { devicesRequestSchema } from './messages/devices-request.ts';
import { eraseSchema } from './messages/erase.ts';
import { helloSchema } from './messages/hello.ts';
import { historyRequestSchema } from './messages/history-request.ts';
import { labelEventSchema } from './messages/label-event.ts';
import { modelRequestSchema } from './messages/model-request.ts';
import { modelStatusSchema } from './messages/model-status.ts';
import { pairRequestSchema } from './messages/pair-request.ts';
import { pictureRequestSchema } from './messages/picture-request.ts';
import { picturesRequestSchema } from './messages/pictures-request.ts';
import { pinSchema } from './messages/pin.ts';
import { removeDeviceSchema } from './messages/remove-device.ts';
import { sampleSchema } from './messages/sample.ts';

export const upSchema = v.variant('type', [
  helloSchema,
  sampleSchema,
  labelEventSchema,
  modelStatusSchema,
  modelRequestSchema,
  historyRequestSchema,
  pinSchema,
  picturesRequestSchema,
  pictureRequestSchema,
  pairRequestSchema,
  devicesRequestSchema,
  removeDeviceSchema,
  eraseSchema,
]);
export type UpMessage = v.InferOutput<typeof upSchema>;
