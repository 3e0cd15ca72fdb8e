/** What is on its way to the hub: samples and label events that it has not acknowledged. */
import type { EventId, SampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Refusal } from '../../protocol/messages/refusal.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Readable } from '../cell.ts';
import type { OutboxRecord, RefusedRecord } from '../storage/database.ts';

/** Of how many pictures something is on its way, and of how many something was refused: themselves, or what was said of them. */
export type OutboxCounts = { readonly queued: number; readonly refused: number };

/**
 * Guarantees: what `add` took is durable when its promise resolves, and stays until `forget`, `refused`
 * or `discard` names it; messages of one `add` are taken all or none; `after` gives them in the order in which they were added.
 */
export interface Outbox {
  /** Told after every change, also where the numbers stay as they are. */
  readonly counts: Readable<OutboxCounts>;
  /** Rejects with the browser's QuotaExceededError when the device's storage is full. */
  add(messages: readonly (Sample | LabelEvent)[]): Promise<void>;
  /** The first `limit` messages whose order is greater than `order`. */
  after(order: number, limit: number): Promise<readonly OutboxRecord[]>;
  /** The hub has committed these, or what they say was not learned here after all. Ids that are not there are no error. */
  forget(ids: readonly (SampleId | EventId)[]): Promise<void>;
  /** Forgets samples that are not to be sent any more, and what was said of them but that they are deleted. */
  discard(samples: ReadonlySet<SampleId>): Promise<void>;
  /** Puts aside what the hub will never take. */
  refused(id: SampleId | EventId, why: Pick<Refusal, 'code' | 'text'>): Promise<void>;
  refusals(): Promise<readonly RefusedRecord[]>;
}
