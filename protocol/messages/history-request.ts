/** Device → hub, once it is welcome, whenever a version has come, and when someone looks: send the versions of the room. The hub answers `history`. */
import * as v from 'valibot';

export const historyRequestSchema = v.strictObject({ type: v.literal('history-request') });
export type HistoryRequest = v.InferOutput<typeof historyRequestSchema>;
