/** Whether something failed because the device has no room: the browser says so by a name, which errors of a worker keep. */
export function isStorageFull(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'QuotaExceededError';
}
