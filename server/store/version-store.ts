/** The line of models of each room: which came when, from what, judged how, and which one is current. */
import type { EventId, ModelHash, RoomName } from '../../protocol/ids.ts';
import type { Figures } from '../../protocol/messages/history.ts';
import type { Report } from '../../protocol/messages/report.ts';

export type VersionRecord = {
  readonly room: RoomName;
  /** Counts up within the room, from 1. A refused candidate has the number that it would have had. */
  readonly version: number;
  readonly model: ModelHash;
  /** Null for a base, with which a room begins. */
  readonly parent: ModelHash | null;
  /** `in-trial`: promoted with too few examples to judge its new classes. */
  readonly status: 'promoted' | 'in-trial' | 'refused';
  /** The gate's verdict with its reasons; null for a base. */
  readonly report: Report | null;
  /** The answers behind the verdict; null for a base, and for what an Occhio judged that did not keep them. */
  readonly figures: Figures | null;
  readonly createdAtMs: number;
  /** The label events that it learned from. */
  readonly corrections: readonly EventId[];
};

/**
 * Guarantees: an append-only log; what a method wrote is on the disk when it returns; `current` moves in the same
 * transaction that adds its record, and stays where someone pinned it. One model may stand in several rooms, and again later in the same room.
 */
export interface VersionStore {
  /** The version that the room's devices are to run; null before the room has any. */
  current(room: RoomName): VersionRecord | null;
  /** The room's newest record of this model; null when it has none. */
  get(room: RoomName, model: ModelHash): VersionRecord | null;
  /** All of the room's records, oldest first. */
  list(room: RoomName): readonly VersionRecord[];
  /** Keeps a record without making it current: a refused candidate. */
  add(record: VersionRecord): void;
  /** Keeps a record and, unless a version is pinned, makes it current; both or neither. Throws when its status is `refused`. */
  promote(record: VersionRecord): void;
  /** Makes an earlier version current and keeps it so. Throws when the room has no such version that was not refused. */
  pin(room: RoomName, version: number): void;
  /** Makes the newest version that was not refused current again. Nothing happens in a room without versions. */
  unpin(room: RoomName): void;
  pinned(room: RoomName): boolean;
}
