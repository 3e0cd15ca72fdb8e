/** The sockets that the hub listens on. */
import type { RequestListener } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Link } from './link.ts';

export type ListenerOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** PEM; without them the listener speaks plain HTTP. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  readonly handler: RequestListener;
  readonly link: Link;
};

export type Listener = {
  readonly port: number;
  /** Takes nothing new; resolves when what is open has ended. */
  stop(): Promise<void>;
};

/** How long a request that is being answered may go on once the hub stops. */
const farewellMs = 3000;

/** The address could not be taken: `in-use`, or another reason of the system's. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly kind: 'in-use' | 'failed';
  readonly port: number;

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    super(`Cannot listen on ${host}:${String(port)}: ${cause.message}`, { cause });
    this.kind = cause.code === 'EADDRINUSE' ? 'in-use' : 'failed';
    this.port = port;
  }
}

/** Rejects with ListenError. */
export async function listen({ host, port, tls, handler, link }: ListenerOptions): Promise<Listener> {
  const server = tls ? createHttpsServer(tls, handler) : createHttpServer(handler);
  link.attach(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new ListenError(host, port, cause));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          server.closeAllConnections();
        }, farewellMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
