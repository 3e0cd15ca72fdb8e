/** Device → hub, when someone looks at the room's versions: send them. The hub answers `history`. */
import * as v from 'valibot';

export const historyRequestSchema = v.strictObject({ type: v.literal('history-request') });
export type HistoryRequest = v.InferOutput<typeof historyRequestSchema>;
