/** The app's IndexedDB: what stands in it, and how it is opened. Pages and workers open it alike. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { AskReason } from '../../protocol/learning/hardness/ask-reason.ts';
import type { Refusal } from '../../protocol/messages/refusal.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { PictureEntry } from '../../protocol/messages/pictures.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { EventId, ModelHash, SampleId } from '../../protocol/ids.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import type { Answer } from '../recognition/api.ts';
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

/** What came of asking again what a picture shows, and when. */
export type AskedAgain = { readonly changed: boolean; readonly atMs: number };

/** What the device has learned: a picture and what someone said it shows. */
export type ExampleRecord = {
  readonly sample: SampleId;
  readonly event: EventId;
  /** A label's key, or null for "none of these". */
  readonly label: string | null;
  /** Nobody said it: it was shown and left uncorrected. The hub hears nothing of it. */
  readonly unsaid?: true;
  /** It was said on another device: this one follows the hub's list, and asks nobody about it. */
  readonly ofRoom?: true;
  /** The crop, 224x224. */
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** The label, or the one before it, looked wrong, and a person was asked: nobody is asked about it again. */
  readonly askedAgain?: AskedAgain;
};

/** A picture that the device would like to know about, until somebody answers or skips it. */
export type QuestionRecord = {
  readonly sample: SampleId;
  readonly reason: AskReason;
  /** The crop, 224x224. */
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** What the device took it for, best first. */
  readonly answers: readonly Answer[];
};

/** A picture of the room that was fetched from the hub. */
export type FetchedRecord = {
  /** Given by the database, counting up: the first that came are the first that go. */
  readonly order: number;
  readonly sample: SampleId;
  readonly jpeg: Uint8Array<ArrayBuffer>;
};

/** What a model made of a kept picture. */
export type EmbeddingRecord = { readonly sample: SampleId; readonly model: ModelHash; readonly seen: Seen };

export interface AppSchema extends DBSchema {
  /** `event`: of label events only, their id and the sample that they are about. */
  outbox: { key: number; value: OutboxRecord; indexes: { id: string; event: [id: string, sample: string] } };
  refused: { key: string; value: RefusedRecord; indexes: { event: [id: string, sample: string] } };
  examples: { key: string; value: ExampleRecord; indexes: { sample: string } };
  /** The room's pictures as the hub last told of them, and how far that was read. */
  entries: { key: string; value: PictureEntry };
  listing: { key: 'cursor'; value: string };
  fetched: { key: number; value: FetchedRecord; indexes: { sample: string } };
  questions: { key: string; value: QuestionRecord };
  embeddings: { key: string; value: EmbeddingRecord };
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
}

export type Database = IDBPDatabase<AppSchema>;

export const databaseName = 'occhio';

export function openDatabase(name = databaseName): Promise<Database> {
  return openDB<AppSchema>(name, 3, {
    upgrade(database, from, _, transaction) {
      if (from < 1) {
        const outbox = database.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
        outbox.createIndex('id', 'id', { unique: true });
        database.createObjectStore('refused', { keyPath: 'id' });
        database.createObjectStore('examples', { keyPath: 'event' });
        database.createObjectStore('settings');
      }
      if (from < 2) {
        transaction.objectStore('examples').createIndex('sample', 'sample');
        database.createObjectStore('entries', { keyPath: 'sample' });
        database.createObjectStore('listing');
        const fetched = database.createObjectStore('fetched', { keyPath: 'order', autoIncrement: true });
        fetched.createIndex('sample', 'sample', { unique: true });
        database.createObjectStore('questions', { keyPath: 'sample' });
      }
      // Of what is there already, too, without writing it anew: a full device has no room for that.
      if (from < 3) {
        for (const store of ['outbox', 'refused'] as const)
          transaction.objectStore(store).createIndex('event', ['id', 'message.sample']);
        database.createObjectStore('embeddings', { keyPath: 'sample' });
        // The hub tells more of each picture now: its list is read from the beginning.
        void transaction.objectStore('listing').clear();
      }
    },
  });
}
