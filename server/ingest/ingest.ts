/** From a message to a stored sample: checked, stripped, stored; acknowledged only then. */
import { createHash } from 'node:crypto';
import type { DeviceId, RoomName } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Added, SampleStore } from '../store/sample-store.ts';
import { StoreError } from '../store/store-error.ts';
import { checkPicture } from './picture-check.ts';
import { eventQuota, sampleQuota } from './quota.ts';
import { Turns } from './turns.ts';

/** Who sent something, as the hub has verified it. */
export type Sender = { readonly device: DeviceId; readonly room: RoomName };

/** `stored`: committed, now or earlier; acknowledge it. */
export type Outcome =
  { readonly kind: 'stored' } | { readonly kind: 'refused'; readonly code: RefusalCode; readonly text: string };

export type IngestOptions = {
  readonly samples: SampleStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Pictures that are decoded at once: more would only wait for the same cores. */
const decodersAtOnce = 2;

/**
 * One bad sample is one refusal. Rejects only when the store fails for a reason other than a full disk: then nothing
 * was acknowledged, and the device sends it again.
 */
export class Ingest {
  readonly #samples: SampleStore;
  readonly #now: () => number;
  readonly #decoding = new Turns(decodersAtOnce);
  /** Samples that are being taken in, by the device that sent them. */
  readonly #arriving = new Map<Promise<unknown>, DeviceId>();

  constructor({ samples, now }: IngestOptions) {
    this.#samples = samples;
    this.#now = now;
  }

  async sample(from: Sender, sample: Sample): Promise<Outcome> {
    const arriving = this.#take(from, sample);
    this.#arriving.set(arriving, from.device);
    return arriving.finally(() => this.#arriving.delete(arriving));
  }

  /** Deletes all that the device gave, with what it sent before this call and is not stored yet. */
  async erase(device: DeviceId): Promise<{ readonly pictures: number; readonly labels: number }> {
    const own = [...this.#arriving].filter(([, sender]) => sender === device);
    await Promise.allSettled(own.map(([arriving]) => arriving));
    return this.#samples.eraseDevice(device, this.#now());
  }

  async #take(from: Sender, sample: Sample): Promise<Outcome> {
    const { type: _, jpeg: sent, checksum: sentChecksum, ...rest } = sample;
    if (!createHash('sha256').update(sent).digest().equals(sentChecksum))
      return refused('checksum', 'Expected the picture whose SHA-256 came with it; the bytes changed on the way.');
    const found = this.#samples.lookUp(sample.id, from.room, sentChecksum);
    if (found !== 'absent') return outcomeOf(found);
    const over = sampleQuota(this.#samples.usage(from.device, this.#now()));
    if (over) return refused('too-many', over);
    const picture = await this.#decoding.take(() => checkPicture(sent));
    if (!picture.ok) return refused(picture.code, picture.text);
    const { jpeg } = picture;
    return this.#store(() =>
      this.#samples.addSample({ ...rest, ...from, receivedAtMs: this.#now(), jpeg, sentChecksum }),
    );
  }

  async labelEvent(from: Sender, event: LabelEvent): Promise<Outcome> {
    const over = eventQuota(this.#samples.usage(from.device, this.#now()));
    if (over && !this.#samples.hasEvent(event.id)) return refused('too-many', over);
    return this.#store(() => this.#samples.addEvent({ ...from, receivedAtMs: this.#now(), event }));
  }

  async #store(add: () => Promise<Added>): Promise<Outcome> {
    try {
      return outcomeOf(await add());
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'full')
        return refused('storage-full', "The hub's disk is full. Make room on it.");
      throw error;
    }
  }
}

function outcomeOf(added: Added): Outcome {
  if (added === 'taken') return refused('id-taken', 'Expected a new id; something else was stored under this one.');
  return { kind: 'stored' };
}

function refused(code: RefusalCode, text: string): Outcome {
  return { kind: 'refused', code, text };
}
