/** One device's socket: reads its messages, hands them to the hub's ports, answers. */
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { CloseReason } from '../../protocol/close-codes.ts';
import { closeCodes } from '../../protocol/close-codes.ts';
import { decodeUp, encode, helloVersions } from '../../protocol/codec.ts';
import type { DownMessage } from '../../protocol/down.ts';
import type { EventId, SampleId } from '../../protocol/ids.ts';
import { maxAckedIds, maxDownMessageBytes, maxInFlight } from '../../protocol/limits.ts';
import type { Hello } from '../../protocol/messages/hello.ts';
import type { ModelRequest } from '../../protocol/messages/model-request.ts';
import type { Refusal, RefusalCode } from '../../protocol/messages/refusal.ts';
import type { UpMessage } from '../../protocol/up.ts';
import { minimumProtocolVersion, protocolVersion } from '../../protocol/version.ts';
import type { HubPorts, Member, Refused } from './ports.ts';
import type { Rooms } from './rooms.ts';

export type LinkTiming = {
  /** How long a socket may stay silent before its `hello`. */
  readonly helloMs: number;
  /** How often the peer is asked whether it is still there; one unanswered question ends the connection. */
  readonly pingMs: number;
};

export type ConnectionOptions = {
  readonly onThisMachine: boolean;
  readonly ports: HubPorts;
  readonly rooms: Rooms;
  readonly timing: LinkTiming;
  readonly log: Logger;
};

type State =
  | { readonly kind: 'silent'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'asking' }
  | { readonly kind: 'member'; readonly member: Member; readonly leave: () => void }
  | { readonly kind: 'closed' };

/** What may wait in the socket for a slow reader: the largest message twice. */
const maxUnreadBytes = 2 * maxDownMessageBytes;

/** From here on what a later message replaces is left out. */
const busyBytes = 256 * 1024;

/**
 *             hello           welcome
 *   silent ──────────► asking ────────► member
 *      │ timeout          │ refusal        │ malformed, no pong, too slow, hub stops
 *      └──────────────────┴────────────────┴──────► closed
 *
 * A message that does not belong to the state closes the connection. While `maxInFlight` messages are worked on, nothing
 * more is read; what one read of the socket brought together is taken together.
 */
export class Connection {
  /** Resolves when the socket is gone. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #ping: NodeJS.Timeout;
  #state: State;
  #alive = true;
  #pending = 0;
  #draining: (() => void) | undefined;
  #acks: Acks = { samples: [], events: [] };

  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const timer = setTimeout(() => {
      this.#close('helloTimeout', 'Expected hello.');
    }, options.timing.helloMs);
    this.#state = { kind: 'silent', timer };
    this.#ping = setInterval(() => {
      this.#checkPeer();
    }, options.timing.pingMs);
    socket.on('message', (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    socket.on('pong', () => (this.#alive = true));
    // The socket closes itself after an error; too long a message, with its own code, is one of them.
    socket.on('error', (error) => {
      options.log.info({ error: error.message }, 'socket error');
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#ended();
        resolve();
      });
    });
  }

  /** Reads nothing more, finishes and answers what was read, then closes. */
  async drain(): Promise<void> {
    this.#socket.pause();
    if (this.#pending > 0) await new Promise<void>((resolve) => (this.#draining = resolve));
    this.#flushAcks();
    this.#close('stopping', 'The hub stops.');
    // A paused socket would not see the peer's answer to the close.
    this.#socket.resume();
  }

  /** Ends at once, whatever the peer does. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: WebSocket.RawData, isBinary: boolean): void {
    if (this.#state.kind === 'closed' || this.#draining) return;
    if (!isBinary || !(data instanceof Uint8Array)) {
      this.#refuseConnection('malformed', 'Expected a binary message, came text.', 'malformed');
      return;
    }
    const decoded = decodeUp(data);
    if (decoded.ok) this.#dispatch(decoded.message);
    else if (this.#state.kind === 'silent' && this.#speaksOtherVersion(data)) return;
    else this.#refuseConnection('malformed', decoded.failure.text, 'malformed');
  }

  /** A `hello` of another version may have another form: its version is what to name then. */
  #speaksOtherVersion(data: Uint8Array): boolean {
    const versions = helloVersions(data);
    if (!versions || isCompatible(versions)) return false;
    this.#refuseVersion(versions);
    return true;
  }

  #dispatch(message: UpMessage): void {
    const state = this.#state;
    if (message.type === 'hello' && state.kind === 'silent') {
      clearTimeout(state.timer);
      this.#state = { kind: 'asking' };
      this.#work(() => this.#greet(message));
    } else if (message.type !== 'hello' && state.kind === 'member') {
      this.#work(() => this.#handle(state.member, message));
    } else {
      const expected = state.kind === 'silent' ? 'hello first' : 'to wait for welcome and say hello once';
      this.#refuseConnection('malformed', `Expected ${expected}, came ${message.type}.`, 'malformed');
    }
  }

  /** Does one message's work, and reads on only while there is room for more. */
  #work(work: () => Promise<void>): void {
    if (++this.#pending >= maxInFlight) this.#socket.pause();
    work()
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'a message could not be worked on');
        this.#close('failed', 'The hub failed. Try again later.');
      })
      .finally(() => {
        if (--this.#pending === 0) this.#draining?.();
        if (this.#pending < maxInFlight && !this.#draining) this.#socket.resume();
      });
  }

  async #greet(hello: Hello): Promise<void> {
    if (!isCompatible(hello)) {
      this.#refuseVersion(hello);
      return;
    }
    const { ports, rooms, onThisMachine } = this.#options;
    const admission = await ports.hello(hello, onThisMachine);
    if (this.#state.kind !== 'asking') return;
    if (admission.kind === 'refused') {
      this.#refuseConnection(admission.code, admission.text, 'notPaired');
      return;
    }
    const member = { device: hello.device, room: hello.room };
    this.#sendMessage(admission.welcome);
    const leave = rooms.join(hello.room, {
      device: hello.device,
      send: (bytes, replaceable) => {
        this.#send(bytes, replaceable);
      },
      dismiss: (code, text) => {
        this.#refuseConnection(code, text, 'notPaired');
      },
    });
    this.#state = { kind: 'member', member, leave };
    for (const message of await ports.joined(member, hello.holds)) this.#sendMessage(message);
  }

  async #handle(member: Member, message: Exclude<UpMessage, Hello>): Promise<void> {
    const { ports } = this.#options;
    switch (message.type) {
      case 'sample': {
        const outcome = await ports.sample(member, message);
        if (outcome.kind === 'stored') this.#ack(({ samples }) => samples.push(message.id));
        else this.#refuse(outcome, { kind: 'sample', id: message.id });
        return;
      }
      case 'label-event': {
        const outcome = await ports.labelEvent(member, message);
        if (outcome.kind === 'stored') this.#ack(({ events }) => events.push(message.id));
        else this.#refuse(outcome, { kind: 'label-event', id: message.id });
        return;
      }
      case 'model-status':
        await ports.modelStatus(member, message);
        return;
      case 'model-request':
        await this.#answer(member, message);
        return;
      case 'history-request':
        this.#sendMessage(await ports.history(member));
        return;
      case 'pictures-request':
        this.#sendMessage(ports.pictures(member, message));
        return;
      case 'picture-request':
        this.#sendMessage(ports.picture(member, message));
        return;
      case 'pin': {
        const outcome = await ports.pin(member, message);
        if (outcome.kind === 'refused') this.#refuse(outcome, { kind: 'pin', version: message.version });
        return;
      }
      case 'pair-request': {
        const outcome = ports.pairing(member);
        if (outcome.kind === 'refused') this.#refuse(outcome, { kind: 'pairing' });
        else this.#sendMessage(outcome.pairing);
        return;
      }
      case 'devices-request':
        this.#sendMessage(ports.devices(member));
        return;
      case 'remove-device': {
        const outcome = await ports.removeDevice(member, message);
        if (outcome.kind === 'refused') this.#refuse(outcome, { kind: 'device', id: message.device });
        else this.#sendMessage(outcome.devices);
        return;
      }
      case 'erase':
        this.#sendMessage(await ports.erase(member));
        return;
      default:
        message satisfies never;
    }
  }

  async #answer(member: Member, request: ModelRequest): Promise<void> {
    const answer = await this.#options.ports.modelRequest(member, request);
    if (answer.kind === 'delta') this.#sendMessage(answer.delta);
    else this.#refuse(answer, { kind: 'model', id: request.model });
  }

  /** Acknowledgements of one commit travel together. */
  #ack(add: (acks: Acks) => void): void {
    if (ackedIds(this.#acks) === 0)
      setImmediate(() => {
        this.#flushAcks();
      });
    add(this.#acks);
    if (ackedIds(this.#acks) >= maxAckedIds) this.#flushAcks();
  }

  #flushAcks(): void {
    const acks = this.#acks;
    this.#acks = { samples: [], events: [] };
    if (ackedIds(acks) > 0) this.#sendMessage({ type: 'ack', ...acks });
  }

  #sendMessage(message: DownMessage): void {
    this.#send(encode(message), false);
  }

  #send(bytes: Uint8Array, replaceable: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (replaceable && this.#socket.bufferedAmount > busyBytes) return;
    if (this.#socket.bufferedAmount + bytes.byteLength > maxUnreadBytes) {
      this.#options.log.info('a device does not read what is sent');
      this.#close('tooSlow', 'Expected that messages are read.');
      return;
    }
    this.#socket.send(bytes);
  }

  #refuse({ code, text }: Refused, of: Refusal['of']): void {
    this.#sendMessage({ type: 'refusal', code, text, of });
  }

  #refuseVersion(theirs: Versions): void {
    const who = theirs.version < minimumProtocolVersion ? 'the app' : 'the hub';
    this.#refuseConnection(
      'version',
      `Expected a wire of version ${String(minimumProtocolVersion)} to ${String(protocolVersion)}, came ${String(theirs.minimumVersion)} to ${String(theirs.version)}. Update ${who}.`,
      'version',
    );
  }

  #refuseConnection(code: RefusalCode, text: string, reason: CloseReason): void {
    this.#options.log.info({ code, text }, 'connection refused');
    this.#refuse({ kind: 'refused', code, text }, { kind: 'connection' });
    this.#close(reason, code);
  }

  #checkPeer(): void {
    // While nothing is read, no answer can be seen.
    if (this.#socket.isPaused) return;
    if (!this.#alive) {
      this.#ended();
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  #close(reason: CloseReason, text: string): void {
    this.#ended();
    this.#socket.close(closeCodes[reason], text);
  }

  #ended(): void {
    clearInterval(this.#ping);
    const state = this.#state;
    this.#state = { kind: 'closed' };
    if (state.kind === 'silent') clearTimeout(state.timer);
    if (state.kind === 'member') state.leave();
  }
}

type Acks = { readonly samples: SampleId[]; readonly events: EventId[] };

function ackedIds({ samples, events }: Acks): number {
  return samples.length + events.length;
}

type Versions = { readonly version: number; readonly minimumVersion: number };

function isCompatible({ version, minimumVersion }: Versions): boolean {
  return version >= minimumProtocolVersion && minimumVersion <= protocolVersion;
}
