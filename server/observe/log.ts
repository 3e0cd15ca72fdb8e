/** The hub's log: one JSON object a line, on standard error. Ids, counts and reasons; never a picture, a token or a payload. */
import type { Logger } from 'pino';
import { destination, pino } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export function createLog(level: LogLevel): Logger {
  // Written at once: the last lines before an end matter most.
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination({ dest: 2, sync: true }),
  );
}
