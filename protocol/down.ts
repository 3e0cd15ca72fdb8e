/** Everything that the hub sends. */
import * as v from 'valibot';
import { ackSchema } from './messages/ack.ts';
import { devicesSchema } from './messages/devices.ts';
import { erasedSchema } from './messages/erased.ts';
import { historySchema } from './messages/history.ts';
import { modelDeltaSchema } from './messages/model-delta.ts';
import { modelOfferSchema } from './messages/model-offer.ts';
import { pairingSchema } from './messages/pairing.ts';
import { pictureSchema } from './messages/picture.ts';
import { picturesSchema } from './messages/pictures.ts';
import { refusalSchema } from './messages/refusal.ts';
import { reportSchema } from './messages/report.ts';
import { roomStateSchema } from './messages/room-state.ts';
import { trainStatusSchema } from './messages/train-status.ts';
import { welcomeSchema } from './messages/welcome.ts';

export const downSchema = v.variant('type', [
  welcomeSchema,
  ackSchema,
  refusalSchema,
  modelOfferSchema,
  modelDeltaSchema,
  trainStatusSchema,
  reportSchema,
  roomStateSchema,
  historySchema,
  picturesSchema,
  pictureSchema,
  pairingSchema,
  devicesSchema,
  erasedSchema,
]);
export type DownMessage = v.InferOutput<typeof downSchema>;
