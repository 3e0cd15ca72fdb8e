/**
 * Deletes what the app keeps on this device. It is done at the next start, before anything is opened: a database that is
 * in use could not be deleted, and what runs would write into it again.
 */
import { deleteDB } from 'idb';
import { databaseName } from './database.ts';

/** In the session's storage, so that only this tab is asked, and again if it dies in between. */
const askedKey = 'occhio-erase';

/** Of the service worker's cache with the app's own files, which hold nothing of their owner: offline it still starts. */
const ownFiles = 'workbox-precache';

/** Starts the app anew, without what it knew. */
export function eraseEverything(): void {
  sessionStorage.setItem(askedKey, 'yes');
  history.replaceState(null, '', location.pathname + location.search);
  location.reload();
}

/** To be awaited before the database is opened. */
export async function eraseIfAsked(): Promise<void> {
  if (sessionStorage.getItem(askedKey) === null) return;
  await deleteDB(databaseName);
  for (const name of await caches.keys()) if (!name.startsWith(ownFiles)) await caches.delete(name);
  sessionStorage.removeItem(askedKey);
}
