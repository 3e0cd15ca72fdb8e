/** The sending half of a device: keeps every message until the hub has acknowledged it, whatever becomes of the connection. */
import { newDeviceId } from '../../protocol/ids.ts';
import { maxInFlight } from '../../protocol/limits.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Closed } from '../support/test-device.ts';
import { TestDevice } from '../support/test-device.ts';

export class OutboxSender {
  readonly #device = newDeviceId();
  readonly #outbox: Map<string, Sample | LabelEvent>;
  readonly acknowledged = new Set<string>();
  /** What was refused; a hub that is only killed refuses nothing. */
  readonly refused: string[] = [];

  constructor(messages: readonly (Sample | LabelEvent)[]) {
    this.#outbox = new Map(messages.map((message) => [message.id, message]));
  }

  get isEmpty(): boolean {
    return this.#outbox.size === 0;
  }

  /** Sends to this hub until all is acknowledged or the connection ends. `acked` is called after each acknowledgement. */
  async sendTo(url: string, acked: () => void): Promise<Closed> {
    const link = new TestDevice(url);
    await link.join({ device: this.#device });
    const inFlight = new Set<string>();
    const fill = (): void => {
      for (const [id, message] of this.#outbox) {
        if (inFlight.size >= maxInFlight) return;
        if (inFlight.has(id)) continue;
        inFlight.add(id);
        link.send(message);
      }
    };
    link.onMessage = (message) => {
      if (message.type === 'refusal') this.refused.push(message.text);
      if (message.type !== 'ack') return;
      for (const id of [...message.samples, ...message.events]) {
        inFlight.delete(id);
        this.#outbox.delete(id);
        this.acknowledged.add(id);
      }
      acked();
      if (this.isEmpty) link.socket.close();
      else fill();
    };
    fill();
    return link.closed;
  }
}
