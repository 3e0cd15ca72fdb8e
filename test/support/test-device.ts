/** A device as the hub sees one: a socket, a hello, and the messages that came. */
import { createHash } from 'node:crypto';
import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';
import { decodeDown, encode } from '../../protocol/codec.ts';
import type { DownMessage } from '../../protocol/down.ts';
import { homeRoom, newBurstId, newDeviceId, newEventId, newSampleId } from '../../protocol/ids.ts';
import type { SampleId } from '../../protocol/ids.ts';
import type { Hello } from '../../protocol/messages/hello.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { UpMessage } from '../../protocol/up.ts';
import { minimumProtocolVersion, protocolVersion } from '../../protocol/version.ts';

export type Closed = { readonly code: number; readonly reason: string };

type DownOf<Type extends DownMessage['type']> = Extract<DownMessage, { type: Type }>;

const deadlineMs = 10_000;

export class TestDevice {
  readonly received: DownMessage[] = [];
  /** Called with each message as it comes. */
  onMessage: (message: DownMessage) => void = () => undefined;
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  readonly closed: Promise<Closed>;
  readonly #wake: (() => void)[] = [];

  /** `url` is the hub's address as a page of it would know it. */
  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/link`, { origin: url, ...options });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
    this.opened.catch(() => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => {
      const decoded = decodeDown(data);
      if (!decoded.ok) throw new Error(decoded.failure.text);
      this.received.push(decoded.message);
      this.onMessage(decoded.message);
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  send(message: UpMessage): void {
    this.socket.send(encode(message));
  }

  /** The first message of this type, past or to come, that `wanted` accepts. */
  async next<Type extends DownMessage['type']>(
    type: Type,
    wanted: (message: DownOf<Type>) => boolean = () => true,
  ): Promise<DownOf<Type>> {
    const isIt = (message: DownMessage): message is DownOf<Type> =>
      message.type === type && wanted(message as DownOf<Type>);
    const signal = AbortSignal.timeout(deadlineMs);
    for (;;) {
      const found = this.received.find(isIt);
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        this.#wake.push(resolve);
        signal.addEventListener('abort', () => {
          reject(new Error(`No ${type} came; came ${this.received.map((message) => message.type).join(', ')}.`));
        });
      });
    }
  }

  /** Opens, says hello and waits until it is welcome. */
  async join(hello: Partial<Hello> = {}): Promise<DownOf<'welcome'>> {
    await this.opened;
    this.send(newHello(hello));
    return this.next('welcome');
  }
}

export function newHello(hello: Partial<Hello> = {}): Hello {
  return {
    type: 'hello',
    version: protocolVersion,
    minimumVersion: minimumProtocolVersion,
    device: newDeviceId(),
    deviceName: 'Test device',
    room: homeRoom,
    credential: { kind: 'none' },
    holds: [],
    ...hello,
  };
}

export function newSample(jpeg: Uint8Array, sample: Partial<Sample> = {}): Sample {
  return {
    type: 'sample',
    id: newSampleId(),
    capturedAtMs: Date.now(),
    burst: newBurstId(),
    reason: 'corrected',
    prediction: null,
    jpeg,
    checksum: createHash('sha256').update(jpeg).digest(),
    ...sample,
  };
}

export function newLabel(sample: SampleId, label: string | null): LabelEvent {
  return { type: 'label-event', kind: 'label', id: newEventId(), sample, atMs: Date.now(), label };
}
