/** Why the hub ended a connection: the codes of WebSocket close frames. A refusal in words comes before where there is one. */

export const closeCodes = {
  /** The hub stops or restarts: connect again soon. */
  stopping: 1012,
  /** A message was longer than `maxUpMessageBytes`. Sent by the socket itself. */
  tooLarge: 1009,
  /** The hub could not go on with this connection: connect again later; what was not acknowledged is sent again. */
  failed: 1011,
  /** A message that cannot be read or that does not belong here: the app has a defect or is no app of ours. */
  malformed: 4400,
  /** The device is not paired, was removed, or its token, secret or id is not (or no longer) valid. */
  notPaired: 4401,
  /** No `hello` came in time. */
  helloTimeout: 4408,
  /** No version of the wire that both speak. */
  version: 4426,
  /** The device does not read what the hub sends. */
  tooSlow: 4429,
} as const;

export type CloseReason = keyof typeof closeCodes;
