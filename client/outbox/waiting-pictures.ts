/** Which pictures the outbox's messages are about, read from its keys alone: thousands of pictures' bytes stay where they are. */
import type { Database } from '../storage/database.ts';

/** The picture of each message, by the message's id. */
export type PictureOf = Map<string, string>;

export type WaitingPictures = {
  /** Of what is on its way to the hub. */
  readonly outbox: PictureOf;
  /** Of what the hub will never take. */
  readonly refused: PictureOf;
};

export async function readWaitingPictures(database: Database): Promise<WaitingPictures> {
  const transaction = database.transaction(['outbox', 'refused']);
  const [outbox, refused] = [transaction.objectStore('outbox'), transaction.objectStore('refused')];
  const [outboxIds, outboxEvents, refusedIds, refusedEvents] = await Promise.all([
    keysOf(outbox.index('id').openKeyCursor()),
    keysOf(outbox.index('event').openKeyCursor()),
    refused.getAllKeys(),
    keysOf(refused.index('event').openKeyCursor()),
  ]);
  return { outbox: pictureOf(outboxIds, outboxEvents), refused: pictureOf(refusedIds, refusedEvents) };
}

/** What is no event about a picture is the picture itself. */
function pictureOf(ids: readonly string[], events: readonly (readonly [id: string, sample: string])[]): PictureOf {
  return new Map([...ids.map((id) => [id, id] as const), ...events]);
}

type KeyCursor<Key> = { readonly key: Key; continue(): Promise<KeyCursor<Key> | null> };

async function keysOf<Key>(opened: Promise<KeyCursor<Key> | null>): Promise<readonly Key[]> {
  const keys: Key[] = [];
  for (let cursor = await opened; cursor; cursor = await cursor.continue()) keys.push(cursor.key);
  return keys;
}
