import 'fake-indexeddb/auto';
import { describe } from 'vitest';
import { IdbOutbox } from '../../../client/outbox/idb-outbox.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { testOutbox } from './outbox-contract.ts';

let places = 0;

describe('IdbOutbox', () => {
  testOutbox(() => {
    const name = `outbox ${String(places++)}`;
    return async () => IdbOutbox.open(await openDatabase(name));
  });
});
