/** The devices of the room as the hub last told of them, and the way to remove one. */
import type { DownMessage } from '../../protocol/down.ts';
import type { DeviceId } from '../../protocol/ids.ts';
import type { RoomDevice } from '../../protocol/messages/devices.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';

export type RoomDevicesParts = {
  readonly send: (message: UpMessage) => void;
  readonly isOpen: Readable<boolean>;
};

export class RoomDevices {
  readonly #parts: RoomDevicesParts;
  readonly #known = new Cell<readonly RoomDevice[] | null>(null);
  #watchers = 0;

  constructor(parts: RoomDevicesParts) {
    this.#parts = parts;
    parts.isOpen.subscribe(() => {
      this.#ask();
    });
  }

  /** The last seen first; null before the hub has told anything. */
  get known(): Readable<readonly RoomDevice[] | null> {
    return this.#known;
  }

  /** Asks the hub now, and again whenever something has changed, until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    this.#ask();
    return () => {
      this.#watchers -= 1;
    };
  }

  /** Asks the hub to let this device in no more; the list shows whether it did. */
  remove(device: DeviceId): void {
    this.#parts.send({ type: 'remove-device', device });
  }

  receive(message: DownMessage): void {
    if (message.type === 'devices') this.#known.set(message.devices);
    else if (message.type === 'room-state' || message.type === 'erased') this.#ask();
    // It went meanwhile.
    else if (message.type === 'refusal' && message.of.kind === 'device') this.#ask();
  }

  #ask(): void {
    if (this.#watchers > 0) this.#parts.send({ type: 'devices-request' });
  }
}
