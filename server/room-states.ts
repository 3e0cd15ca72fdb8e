/** What a room holds, told to its devices whenever it changes. */
import type { RoomName } from '../protocol/ids.ts';
import { maxLabels } from '../protocol/limits.ts';
import type { RoomState } from '../protocol/messages/room-state.ts';
import type { Rooms } from './net/rooms.ts';
import type { LabelledSample, SampleStore } from './store/sample-store.ts';
import type { VersionRecord } from './store/version-store.ts';

export type RoomStatesOptions = {
  readonly samples: SampleStore;
  readonly rooms: Rooms;
  readonly current: (room: RoomName) => Promise<VersionRecord>;
  readonly failed: (error: unknown) => void;
};

/** A burst of corrections is one change to a person. */
const gatherMs = 300;

export class RoomStates {
  readonly #options: RoomStatesOptions;
  readonly #telling = new Set<Promise<void>>();
  readonly #timers = new Map<RoomName, NodeJS.Timeout>();

  constructor(options: RoomStatesOptions) {
    this.#options = options;
  }

  async of(room: RoomName): Promise<RoomState> {
    const { samples, rooms } = this.#options;
    const { model, version, corrections } = await this.#options.current(room);
    const labelled = samples.labelled(room);
    const learned = new Set(corrections);
    return {
      type: 'room-state',
      room,
      current: { model, version },
      labels: countLabels(labelled),
      samples: samples.count(room),
      pending: labelled.filter(({ split, event }) => split === 'train' && !learned.has(event)).length,
      devices: rooms.devices(room),
    };
  }

  /** Tells the room's devices soon. */
  changed(room: RoomName): void {
    if (this.#timers.has(room)) return;
    this.#timers.set(
      room,
      setTimeout(() => {
        this.#timers.delete(room);
        const telling = this.#tell(room).finally(() => this.#telling.delete(telling));
        this.#telling.add(telling);
      }, gatherMs),
    );
  }

  /** Resolves when nothing is read from the store any more. */
  async stop(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#telling);
  }

  async #tell(room: RoomName): Promise<void> {
    // The last one to leave changes the room too, and nobody is there to be told.
    if (this.#options.rooms.devices(room) === 0) return;
    try {
      this.#options.rooms.broadcast(room, await this.of(room));
    } catch (error) {
      this.#options.failed(error);
    }
  }
}

function countLabels(labelled: readonly LabelledSample[]): RoomState['labels'] {
  const counts = new Map<string, number>();
  for (const { label } of labelled) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].slice(0, maxLabels).map(([label, samples]) => ({ label, samples }));
}
