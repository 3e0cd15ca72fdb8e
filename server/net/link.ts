/** The WebSocket end of the hub: which upgrades become connections, and all connections together. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { maxUpMessageBytes } from '../../protocol/limits.ts';
import type { LinkTiming } from './connection.ts';
import { Connection } from './connection.ts';
import { isOnThisMachine, isOwnOrigin } from './origin.ts';
import type { HubPorts } from './ports.ts';
import type { Rooms } from './rooms.ts';

export type LinkOptions = {
  readonly ports: HubPorts;
  readonly rooms: Rooms;
  readonly timing: LinkTiming;
  readonly log: Logger;
};

const linkPath = '/link';

/** Sockets that may be open, in and out of rooms. */
const maxConnections = 500;

/** How long a device may take to answer the hub's farewell. */
const farewellMs = 2000;

export class Link {
  readonly #options: LinkOptions;
  readonly #connections = new Set<Connection>();
  // Compression would cost a quarter of a megabyte a connection, for pictures that are compressed already.
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: maxUpMessageBytes, perMessageDeflate: false });
  #stopped = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Takes the upgrades of this server. */
  attach(server: HttpServer): void {
    server.on('upgrade', (request, socket, head) => {
      const status = this.#refusal(request);
      if (status === undefined)
        this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
          const connection = new Connection(webSocket, {
            ...this.#options,
            onThisMachine: isOnThisMachine(request),
          });
          this.#connections.add(connection);
          webSocket.on('close', () => this.#connections.delete(connection));
        });
      else refuseUpgrade(socket, status);
    });
  }

  /** Finishes what was read, tells every device, and resolves when all sockets are closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#connections].map((connection) => connection.drain()));
    const timer = setTimeout(() => {
      for (const connection of this.#connections) connection.terminate();
    }, farewellMs);
    await Promise.all([...this.#connections].map((connection) => connection.closed));
    clearTimeout(timer);
  }

  #refusal(request: IncomingMessage): number | undefined {
    if (request.url?.split('?')[0] !== linkPath) return 404;
    if (!isOwnOrigin(request)) {
      this.#options.log.info('upgrade refused: not from a page of this hub');
      return 403;
    }
    if (this.#stopped || this.#connections.size >= maxConnections) return 503;
    return undefined;
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  // The peer may be gone already; there is nobody to tell then.
  socket.on('error', () => socket.destroy());
  // An upgraded socket is nobody's any more: one whose peer never closes would stay open for ever.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
