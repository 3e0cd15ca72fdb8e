import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureCertificates } from '../../../certs/certificates.ts';
import type { HubPorts } from '../../../server/net/ports.ts';
import { Link } from '../../../server/net/link.ts';
import type { Listener, TlsIdentity } from '../../../server/net/listener.ts';
import { listen } from '../../../server/net/listener.ts';
import { Rooms } from '../../../server/net/rooms.ts';
import { createLog } from '../../../server/observe/log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function newListener(tls: TlsIdentity | null = null): Promise<Listener> {
  const link = new Link({
    // Nobody gets as far as a hello here.
    ports: {} as HubPorts,
    rooms: new Rooms(() => undefined),
    timing: { helloMs: 60_000, pingMs: 60_000 },
    log: createLog('silent'),
  });
  const listener = await listen({ host: '127.0.0.1', port: 0, tls, handler: (_, response) => response.end(), link });
  onTestFinished(() => listener.stop());
  return listener;
}

/** A peer that never ends its half of the connection by itself. */
async function peerOf({ port }: Listener): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

describe('a listener', () => {
  it('keeps no socket whose upgrade it has refused, though the peer never closes', async () => {
    const listener = await newListener();
    const socket = await peerOf(listener);
    const answered = new Promise<string>((resolve) =>
      socket.once('data', (data) => {
        resolve(data.toString());
      }),
    );
    socket.write('GET /link HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await answered).toMatch(/^HTTP\/1.1 403/);
    const start = performance.now();
    await listener.stop();
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('stops though a peer has connected and never says anything', async () => {
    const { key, cert } = await ensureCertificates(await temporaryFolder(), now());
    const listener = await newListener({ key, cert });
    await peerOf(listener);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const stopping = listener.stop();
    vi.advanceTimersByTime(5000);
    await stopping;
  });

  it('shows a renewed certificate to those who connect after it', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(async () => ensureCertificates(await temporaryFolder(), now())),
    );
    if (!first || !second) throw new Error('Two were asked for.');
    const listener = await newListener(first);
    expect(await authorityOf(listener, first.authorityPem)).toBe(first.fingerprint);
    listener.certify(second);
    expect(await authorityOf(listener, second.authorityPem)).toBe(second.fingerprint);
  });
});

function now(): Parameters<typeof ensureCertificates>[1] {
  return { addresses: [], hostnames: ['studio'], now: new Date() };
}

/** The fingerprint of the authority that vouches for the listener, to a peer that trusts only `ca`. */
function authorityOf({ port }: Listener, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca }, () => {
      resolve(socket.getPeerCertificate(true).issuerCertificate.fingerprint256);
      socket.destroy();
    }).on('error', reject);
  });
}
