/** Who is asking: a page of our own, and a program on this machine or a device in the network. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TLSSocket } from 'node:tls';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether the peer is a program on this machine that also says so: a page of another site that points its name at
 * 127.0.0.1 brings another Host, and a proxy for others says whom it speaks for.
 */
export function isOnThisMachine(request: IncomingMessage): boolean {
  if (request.headers.forwarded !== undefined || request.headers['x-forwarded-for'] !== undefined) return false;
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  const family = isIP(address);
  if (family === 0 || !loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')) return false;
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostOf(request)?.hostname ?? '');
}

/** Whether a browser sent this from a page that this hub served, at the address at which it is asked. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const host = hostOf(request);
  return host !== undefined && request.headers.origin === host.origin;
}

/** The address at which the hub is asked, as a URL; undefined when the Host header is none. */
export function hostOf(request: IncomingMessage): URL | undefined {
  const scheme = request.socket instanceof TLSSocket ? 'https' : 'http';
  const { host } = request.headers;
  if (!host || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`${scheme}://${host}`)) return undefined;
  return new URL(`${scheme}://${host}`);
}
