/** Pictures of which something was said here that the hub has not heard yet: that is newer than what the hub tells of them. */
import type { SampleId } from '../../protocol/ids.ts';
import type { Database } from '../storage/database.ts';

export async function awaitingWord(database: Database): Promise<ReadonlySet<SampleId>> {
  const waiting = await database.getAll('outbox');
  return new Set(waiting.flatMap(({ message }) => (message.type === 'label-event' ? [message.sample] : [])));
}
