/** Who is connected, by room. */
import { encode } from '../../protocol/codec.ts';
import type { DownMessage } from '../../protocol/down.ts';
import type { DeviceId, RoomName } from '../../protocol/ids.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';

/** A connected device. */
export interface Guest {
  readonly device: DeviceId;
  /** `replaceable`: a later message of the same kind makes this one worthless, so that it may be left out. */
  send(bytes: Uint8Array, replaceable: boolean): void;
  /** Ends its connection with this refusal. */
  dismiss(code: RefusalCode, text: string): void;
}

export class Rooms {
  readonly #guests = new Map<RoomName, Set<Guest>>();
  readonly #changed: (room: RoomName) => void;

  /** `changed` is called when a device came or went. */
  constructor(changed: (room: RoomName) => void) {
    this.#changed = changed;
  }

  /** Returns what takes the guest out again. */
  join(room: RoomName, guest: Guest): () => void {
    const guests = this.#guests.get(room) ?? new Set();
    this.#guests.set(room, guests.add(guest));
    this.#changed(room);
    return () => {
      if (!guests.delete(guest)) return;
      if (guests.size === 0 && this.#guests.get(room) === guests) this.#guests.delete(room);
      this.#changed(room);
    };
  }

  /** To everyone in the room; encoded once. */
  broadcast(room: RoomName, message: DownMessage): void {
    const guests = this.#guests.get(room);
    if (!guests) return;
    const bytes = encode(message);
    const replaceable = message.type === 'train-status' || message.type === 'room-state';
    for (const guest of guests) guest.send(bytes, replaceable);
  }

  /** Ends all connections of a device. */
  dismiss(room: RoomName, device: DeviceId, code: RefusalCode, text: string): void {
    for (const guest of [...(this.#guests.get(room) ?? [])]) if (guest.device === device) guest.dismiss(code, text);
  }

  /** The devices that are in the room. */
  present(room: RoomName): ReadonlySet<DeviceId> {
    return new Set([...(this.#guests.get(room) ?? [])].map(({ device }) => device));
  }

  /** Devices in the room; one with two windows open counts once. */
  devices(room: RoomName): number {
    return this.present(room).size;
  }
}
