/** The app's IndexedDB: what stands in it, and how it is opened. Pages and workers open it alike. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { Refusal } from '../../protocol/messages/refusal.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { EventId, SampleId } from '../../protocol/ids.ts';
import type { Settings } from './settings.ts';

/** A sample or a label event that the hub has not acknowledged yet. */
export type OutboxRecord = {
  /** Given by the database, counting up: the order of sending. */
  readonly order: number;
  readonly id: SampleId | EventId;
  readonly message: Sample | LabelEvent;
};

/** What the hub will never take, kept with its reason. */
export type RefusedRecord = Omit<OutboxRecord, 'order'> & Pick<Refusal, 'code' | 'text'>;

/** A correction that the device has learned: the picture and what someone said it shows. */
export type ExampleRecord = {
  readonly sample: SampleId;
  readonly event: EventId;
  /** A label's key, or null for "none of these". */
  readonly label: string | null;
  /** The crop, 224x224. */
  readonly jpeg: Uint8Array<ArrayBuffer>;
};

export interface AppSchema extends DBSchema {
  outbox: { key: number; value: OutboxRecord; indexes: { id: string } };
  refused: { key: string; value: RefusedRecord };
  examples: { key: string; value: ExampleRecord };
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
}

export type Database = IDBPDatabase<AppSchema>;

export const databaseName = 'occhio';

export function openDatabase(name = databaseName): Promise<Database> {
  return openDB<AppSchema>(name, 1, {
    upgrade(database) {
      const outbox = database.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      database.createObjectStore('refused', { keyPath: 'id' });
      database.createObjectStore('examples', { keyPath: 'event' });
      database.createObjectStore('settings');
    },
  });
}
