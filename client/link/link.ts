/**
 * The socket to the hub and its state. To be offline is normal: it tries again by itself.
 *
 *   stopped ──start──▶ connecting ──welcome──▶ open
 *                        ▲    │                 │
 *                   retry│    └──closed──┐  ┌───┘closed
 *                        └───────────── waiting
 *   any ──the hub says that it will never work so──▶ refused ──retry──▶ connecting
 */
import { decodeDown, encode } from '../../protocol/codec.ts';
import type { DownMessage } from '../../protocol/down.ts';
import type { Hello } from '../../protocol/messages/hello.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';
import type { Welcome } from '../../protocol/messages/welcome.ts';
import type { UpMessage } from '../../protocol/up.ts';
import { minimumProtocolVersion } from '../../protocol/version.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import { backoffMs } from './backoff.ts';

export type LinkState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly welcome: Welcome }
  | { readonly kind: 'waiting'; readonly attempt: number }
  /** `hub-too-old` is this device's own finding; the others are the hub's. */
  | { readonly kind: 'refused'; readonly why: 'version' | 'not-paired' | 'removed' | 'hub-too-old' };

/** What is used of a WebSocket. */
export type Socket = Pick<WebSocket, 'binaryType' | 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export type LinkParts = {
  readonly openSocket: () => Socket;
  readonly hello: () => Hello;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls back after so many milliseconds; returns the function that prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
};

export class Link {
  readonly #parts: LinkParts;
  readonly #state = new Cell<LinkState>({ kind: 'stopped' });
  readonly #isOpen = new Cell(false);
  readonly #listeners = new Set<(message: DownMessage) => void>();
  #socket: Socket | undefined;
  #attempt = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  get state(): Readable<LinkState> {
    return this.#state;
  }

  get isOpen(): Readable<boolean> {
    return this.#isOpen;
  }

  /** Starts, or tries at once where it waits or was refused. No effect on a socket that is open or being opened. */
  retry(): void {
    if (this.#socket) return;
    this.#cancelRetry?.();
    this.#connect();
  }

  stop(): void {
    this.#cancelRetry?.();
    this.#drop({ kind: 'stopped' });
  }

  /** Sends when the link is open; otherwise the message is lost, and whoever needs it sent says it again when it opens. */
  send(message: UpMessage): void {
    if (this.#isOpen.peek()) this.#socket?.send(bytesOf(message));
  }

  onMessage(listener: (message: DownMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #connect(): void {
    this.#change({ kind: 'connecting' });
    const socket = this.#parts.openSocket();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      if (socket === this.#socket) socket.send(bytesOf(this.#parts.hello()));
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (socket === this.#socket) this.#receive(data);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#wait();
    };
  }

  #receive(data: unknown): void {
    const decoded = data instanceof ArrayBuffer ? decodeDown(new Uint8Array(data)) : undefined;
    if (!decoded?.ok) {
      // A hub that talks nonsense is left, and tried again later: it may be in the middle of an update.
      this.#wait();
      return;
    }
    const { message } = decoded;
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'refusal' && message.of.kind === 'connection') this.#refused(message.code);
    for (const listener of [...this.#listeners]) listener(message);
  }

  #welcomed(welcome: Welcome): void {
    if (welcome.version < minimumProtocolVersion) {
      this.#drop({ kind: 'refused', why: 'hub-too-old' });
      return;
    }
    this.#attempt = 0;
    this.#change({ kind: 'open', welcome });
  }

  #refused(code: RefusalCode): void {
    if (code === 'version' || code === 'not-paired' || code === 'removed') this.#drop({ kind: 'refused', why: code });
    // Whoever said hello comes again as a new device.
    else if (code === 'id-taken') this.#drop({ kind: 'refused', why: 'not-paired' });
    else this.#wait();
  }

  #wait(): void {
    const attempt = this.#attempt++;
    this.#drop({ kind: 'waiting', attempt });
    this.#cancelRetry = this.#parts.after(backoffMs(attempt, this.#parts.random()), () => {
      this.#connect();
    });
  }

  #drop(next: LinkState): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#change(next);
  }

  #change(state: LinkState): void {
    this.#state.set(state);
    this.#isOpen.set(state.kind === 'open');
  }
}

/** A copy of its own, because the codec's result may share a larger buffer. */
const bytesOf = (message: UpMessage | Hello): Uint8Array<ArrayBuffer> => new Uint8Array(encode(message));
