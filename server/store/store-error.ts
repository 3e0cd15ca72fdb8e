/** What goes wrong with the store when nobody's data is at fault. */

/** `full`: no room left on the disk. `failed`: anything else, with the database's own error as the cause. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: 'full' | 'failed';

  constructor(kind: StoreError['kind'], cause: unknown) {
    super(kind === 'full' ? 'The disk is full.' : 'The database could not write.', { cause });
    this.kind = kind;
  }
}

const sqliteFull = 13;

/** Whatever was thrown while writing, as a StoreError. */
export function toStoreError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const { errcode, code } = cause as { errcode?: unknown; code?: unknown };
  return new StoreError(errcode === sqliteFull || code === 'ENOSPC' ? 'full' : 'failed', cause);
}
