/** The room's samples and what people said of them. */
import type { BurstId, DeviceId, EventId, RoomName, SampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';

/** `validation` samples judge a candidate and are never trained on. */
export type Split = 'train' | 'validation';

/** What decides a burst's split when it gets a label. The policy is ingest's: the store decides nothing. */
export type SplitPolicy = (question: SplitQuestion) => Split;

export type SplitQuestion = {
  readonly device: DeviceId;
  readonly burst: BurstId;
  /** What the burst is already; null before its first label. */
  readonly current: Split | null;
  /** Other bursts with this label that train. */
  readonly trainingBursts: number;
};

/** A sample as it is kept: checked, and with a picture that carries no metadata. */
export type NewSample = Omit<Sample, 'type' | 'jpeg' | 'checksum'> & {
  readonly room: RoomName;
  readonly device: DeviceId;
  readonly receivedAtMs: number;
  /** The picture that is kept. */
  readonly jpeg: Uint8Array;
  /** SHA-256 of the picture that the device sent: tells a resend from another sample under the same id. */
  readonly sentChecksum: Uint8Array;
};

export type NewEvent = {
  readonly room: RoomName;
  readonly device: DeviceId;
  readonly receivedAtMs: number;
  readonly event: LabelEvent;
};

/** `known`: the same one is already here, nothing was done. `taken`: another one has this id. */
export type Added = 'stored' | 'known' | 'taken';

/** A sample whose picture is here and whose label someone said: what training and the gate work on. */
export type LabelledSample = {
  readonly id: SampleId;
  readonly device: DeviceId;
  readonly burst: BurstId;
  readonly split: Split;
  /** A label's key; null is "none of these". */
  readonly label: string | null;
  /** The label event that is in force. */
  readonly event: EventId;
  readonly capturedAtMs: number;
};

/** What one device has sent. The hourly figures begin anew with every full hour. */
export type Usage = {
  readonly bytes: number;
  readonly samplesThisHour: number;
  readonly eventsThisHour: number;
};

/**
 * Guarantees: a promise resolves after the commit has reached the disk; ids are idempotent; label events are an
 * append-only log, but for `eraseDevice`, and may come before their sample; the readers see committed data only. A burst's split is fixed with
 * its first label and never moves from train to validation.
 * Rejects with StoreError: kind `full` when the disk is, `failed` otherwise; nothing of that call is kept then.
 */
export interface SampleStore {
  addSample(sample: NewSample): Promise<Added>;
  /** A `delete` erases the picture at once, or as soon as the sample comes. */
  addEvent(event: NewEvent): Promise<Added>;
  /** Whether this very sample is here already, or another under its id. */
  lookUp(id: SampleId, room: RoomName, sentChecksum: Uint8Array): Exclude<Added, 'stored'> | 'absent';
  hasEvent(id: EventId): boolean;
  /** The effective labels of the room's samples, oldest sample first. Fresh on every call. */
  labelled(room: RoomName): readonly LabelledSample[];
  /** The kept JPEG; null when there is no such sample or it was deleted. */
  picture(id: SampleId): Uint8Array | null;
  /** Samples of the room that have a picture. */
  count(room: RoomName): number;
  usage(device: DeviceId, nowMs: number): Usage;
  /** Whether the kept picture of any sample of the room has, or had until it was deleted, this SHA-256. */
  hasPicture(room: RoomName, sha256: Uint8Array): boolean;
  /**
   * Deletes all that a device gave in any room, its pictures and what it said; a sample that was its own is never taken again,
   * and one that it labelled shows what others said. Returns how many pictures and labels there were.
   */
  eraseDevice(device: DeviceId, atMs: number): Promise<{ readonly pictures: number; readonly labels: number }>;
  /** Rooms that hold samples or label events. */
  rooms(): readonly RoomName[];
  /** Calls `listener` after each commit that may have changed `labelled(room)`. Returns what ends that. */
  subscribe(listener: (room: RoomName) => void): () => void;
}
