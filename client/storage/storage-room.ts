/** How much of the device's storage the app uses, and whether the browser may clear it. */

export type StorageRoom = {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser keeps it even when the device runs low on space. */
  readonly kept: boolean;
};

/** Null where the browser does not say. */
export async function storageRoom(): Promise<StorageRoom | null> {
  // Browsers leave it out where the page is not a secure context, whatever its type says.
  const storage = navigator.storage as StorageManager | undefined;
  if (!storage) return null;
  const [{ usage, quota }, kept] = await Promise.all([storage.estimate(), storage.persisted()]);
  return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota, kept };
}

/** Asks the browser to keep what the app stores; it may refuse. */
export async function keepStorage(): Promise<void> {
  await navigator.storage.persist();
}
