import { expect, it } from 'vitest';
import { backoffMs } from '../../../client/link/backoff.ts';
import { comesAsNew, credentialFor, pairingTokenIn } from '../../../client/link/credential.ts';
import type { Socket } from '../../../client/link/link.ts';
import { Link } from '../../../client/link/link.ts';
import { decodeUp, encode } from '../../../protocol/codec.ts';
import type { DownMessage } from '../../../protocol/down.ts';
import type { UpMessage } from '../../../protocol/up.ts';
import { protocolVersion } from '../../../protocol/version.ts';
import { newHello } from '../../support/test-device.ts';

/** The other end of a socket: the browser's side is what `Link` uses. */
class TestSocket {
  binaryType: BinaryType = 'blob';
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: UpMessage[] = [];
  closed = false;

  send(bytes: Uint8Array): void {
    const decoded = decodeUp(bytes);
    if (decoded.ok) this.sent.push(decoded.message);
  }

  close(): void {
    this.closed = true;
  }

  opens(): void {
    this.onopen?.call(this as unknown as WebSocket, new Event('open'));
  }

  brings(bytes: Uint8Array): void {
    const data = new Uint8Array(bytes).buffer;
    this.onmessage?.call(this as unknown as WebSocket, new MessageEvent('message', { data }));
  }

  says(message: DownMessage): void {
    this.brings(encode(message));
  }

  breaks(): void {
    // A CloseEvent is an Event to everyone who does not look at its code; Node has none.
    this.onclose?.call(this as unknown as WebSocket, new Event('close') as CloseEvent);
  }
}

const welcome: DownMessage = {
  type: 'welcome',
  version: protocolVersion,
  hubName: 'kitchen',
  trainerBackend: 'wasm',
  secret: null,
};

function newLink() {
  const sockets: TestSocket[] = [];
  const waits: { readonly delayMs: number; readonly end: () => void }[] = [];
  const link = new Link({
    openSocket() {
      const socket = new TestSocket();
      sockets.push(socket);
      // It has everything of a WebSocket that a link uses.
      return socket as unknown as Socket;
    },
    hello: () => newHello(),
    random: () => 0.5,
    after(delayMs, end) {
      waits.push({ delayMs, end });
      return () => {
        waits.splice(0);
      };
    },
  });
  return { link, sockets, waits };
}

it('says hello first, and is open when the hub has welcomed it', () => {
  const { link, sockets } = newLink();
  expect(link.state.peek().kind).toBe('stopped');
  link.retry();
  expect(link.state.peek().kind).toBe('connecting');
  sockets[0]?.opens();
  expect(sockets[0]?.sent.map(({ type }) => type)).toEqual(['hello']);
  expect(link.isOpen.peek()).toBe(false);
  sockets[0]?.says(welcome);
  expect(link.state.peek()).toMatchObject({ kind: 'open', welcome });
  expect(link.isOpen.peek()).toBe(true);
});

it('waits longer and longer between attempts, and shortly again after it was open', () => {
  const { link, sockets, waits } = newLink();
  link.retry();
  for (let attempt = 0; attempt < 4; attempt++) {
    sockets.at(-1)?.breaks();
    expect(link.state.peek()).toEqual({ kind: 'waiting', attempt });
    waits.at(-1)?.end();
  }
  const delays = waits.map(({ delayMs }) => delayMs);
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
  sockets.at(-1)?.says(welcome);
  sockets.at(-1)?.breaks();
  expect(waits.at(-1)?.delayMs).toBe(delays[0]);
});

it('tries at once when it is told to, and opens no second socket beside one', () => {
  const { link, sockets, waits } = newLink();
  link.retry();
  sockets[0]?.breaks();
  link.retry();
  expect(waits).toEqual([]);
  link.retry();
  expect(sockets).toHaveLength(2);
});

it.each(['version', 'not-paired', 'removed'] as const)('stops and says why when the hub refuses it: %s', (code) => {
  const { link, sockets, waits } = newLink();
  link.retry();
  sockets[0]?.says({ type: 'refusal', code, text: 'No.', of: { kind: 'connection' } });
  expect(link.state.peek()).toEqual({ kind: 'refused', why: code });
  expect(sockets[0]?.closed).toBe(true);
  expect(waits).toEqual([]);
});

it('hears nothing more from a socket that it has left', () => {
  const { link, sockets } = newLink();
  const heard: DownMessage[] = [];
  link.onMessage((message) => heard.push(message));
  link.retry();
  const [old] = sockets;
  old?.brings(Uint8Array.of(0xc1));
  expect(link.state.peek().kind).toBe('waiting');
  old?.says(welcome);
  old?.breaks();
  expect(heard).toEqual([]);
  expect(link.state.peek()).toEqual({ kind: 'waiting', attempt: 0 });
});

it('waits half a second at first and half a minute at most, spread over the half of it', () => {
  expect(backoffMs(0, 0)).toBe(250);
  expect(backoffMs(0, 1)).toBe(500);
  expect(backoffMs(40, 1)).toBe(30_000);
  expect(backoffMs(40, 0)).toBe(15_000);
});

it('shows its secret, and pairs with the token in the address when it has none', () => {
  const token = 'abcdefghijklmnop-_123';
  expect(pairingTokenIn(`#pair=${token}`)).toBe(token);
  expect(pairingTokenIn('#pair=short')).toBeUndefined();
  expect(pairingTokenIn('')).toBeUndefined();
  expect(credentialFor(token, 'a secret')).toEqual({ kind: 'secret', secret: 'a secret' });
  expect(credentialFor(token, null)).toEqual({ kind: 'pairing', token });
  expect(credentialFor(undefined, 'a secret')).toEqual({ kind: 'secret', secret: 'a secret' });
  expect(credentialFor(undefined, null)).toEqual({ kind: 'none' });
});

it('comes as a new device where the hub no longer knows it or knows its id by another, and not when its token is void', () => {
  expect(comesAsNew('not-paired', 'a secret')).toBe(true);
  expect(comesAsNew('removed', 'a secret')).toBe(true);
  expect(comesAsNew('id-taken', null)).toBe(true);
  expect(comesAsNew('not-paired', null)).toBe(false);
  expect(comesAsNew('version', 'a secret')).toBe(false);
});

it('stops when its id is another device’s, so that it can come again with a new one', () => {
  const { link, sockets, waits } = newLink();
  link.retry();
  sockets[0]?.says({ type: 'refusal', code: 'id-taken', text: 'No.', of: { kind: 'connection' } });
  expect(link.state.peek()).toEqual({ kind: 'refused', why: 'not-paired' });
  expect(waits).toEqual([]);
});
