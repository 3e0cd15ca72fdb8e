/** The sockets that the hub listens on. */
import type { RequestListener } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import type { Link } from './link.ts';

/** PEM. */
export type TlsIdentity = { readonly key: string; readonly cert: string };

export type ListenerOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Null: the listener speaks plain HTTP. */
  readonly tls: TlsIdentity | null;
  readonly handler: RequestListener;
  readonly link: Link;
};

export type Listener = {
  readonly port: number;
  /** New connections over TLS get this certificate; those that are open stay. */
  certify(tls: TlsIdentity): void;
  /** Takes nothing new; resolves when what is open has ended, or was cut because it took too long. */
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
    certify: ({ key, cert }) => {
      if (server instanceof HttpsServer) server.setSecureContext({ key, cert });
    },
    stop: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          server.closeAllConnections();
          // A socket that never sent a request is none of the server's connections, and it would wait for it.
          resolve();
        }, farewellMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
