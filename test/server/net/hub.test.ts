import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { closeCodes } from '../../../protocol/close-codes.ts';
import { pack } from '../../../protocol/codec.ts';
import { newDeviceId } from '../../../protocol/ids.ts';
import { maxUpMessageBytes } from '../../../protocol/limits.ts';
import { minimumProtocolVersion, protocolVersion } from '../../../protocol/version.ts';
import { TestDevice, newHello, newLabel, newSample } from '../../support/test-device.ts';
import { startTestHub } from '../../support/test-hub.ts';
import { noiseJpeg } from '../../support/test-picture.ts';
import { createStillLearning, stillModel, stillModelBytes } from '../../support/still-learning.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const otherModel = stillModel.replace(/./g, 'b') as typeof stillModel;

describe('a device on this machine', () => {
  it('is welcome without pairing and is told the room, the trainer and the current model', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    const welcome = await device.join();
    expect(welcome).toMatchObject({ trainerBackend: 'none', secret: null });
    expect(await device.next('room-state')).toMatchObject({ room: 'home', current: { version: 1 }, samples: 0 });
    expect(await device.next('train-status')).toMatchObject({ status: { kind: 'idle' } });
    expect(await device.next('model-offer')).toMatchObject({ model: stillModel, bytes: stillModelBytes.length });
  });

  it('is not offered a version that another replaced while the offer was made', async () => {
    const hub = await startTestHub({
      createLearning(options) {
        const still = createStillLearning(options);
        return {
          ...still,
          async offerFor(room, holds) {
            const offer = await still.offerFor(room, holds);
            const current = await still.current(room);
            options.versions.promote({ ...current, version: 2, model: otherModel, parent: stillModel });
            return offer;
          },
        };
      },
    });
    const device = new TestDevice(hub.localUrl);
    await device.join();
    expect(await device.next('room-state')).toMatchObject({ current: { model: otherModel, version: 2 } });
    device.send({ type: 'model-request', model: otherModel, parent: stillModel });
    await device.next('refusal');
    expect(device.received.map(({ type }) => type)).not.toContain('model-offer');
  });

  it('gets its sample and its label acknowledged and sees them in the room', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.join();
    const sample = newSample(await noiseJpeg(1));
    const label = newLabel(sample.id, 'mug');
    device.send(sample);
    device.send(label);
    await device.next('ack', ({ samples }) => samples.includes(sample.id));
    await device.next('ack', ({ events }) => events.includes(label.id));
    await device.next('room-state', ({ labels, pending }) => pending === 1 && labels[0]?.label === 'mug');
  });

  it('has a bad sample refused alone and goes on', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.join();
    const bad = newSample(new TextEncoder().encode('<svg>not a picture</svg>'));
    const good = newSample(await noiseJpeg(2));
    device.send(bad);
    device.send(good);
    const refusal = await device.next('refusal');
    expect(refusal).toMatchObject({ code: 'not-an-image', of: { kind: 'sample', id: bad.id } });
    await device.next('ack', ({ samples }) => samples.includes(good.id));
  });

  it('does not see what happens in another room', async () => {
    const hub = await startTestHub();
    const here = new TestDevice(hub.localUrl);
    const there = new TestDevice(hub.localUrl);
    await here.join();
    await there.join({ room: newHello().room.replace('home', 'shed') as never });
    const sample = newSample(await noiseJpeg(3));
    here.send(sample);
    here.send(newLabel(sample.id, 'mug'));
    await here.next('room-state', ({ samples }) => samples === 1);
    // What the hub had sent before this answer has come before it.
    there.send({ type: 'model-request', model: stillModel, parent: stillModel });
    await there.next('refusal', ({ code }) => code === 'no-delta');
    expect(there.received.filter(({ type }) => type === 'room-state')).not.toContainEqual(
      expect.objectContaining({ samples: 1 }),
    );
  });
});

describe('a connection', () => {
  it.each([
    ['bytes that are no message', Uint8Array.of(0xc1, 0xff)],
    ['a message with a field too many', pack({ ...newHello(), admin: true })],
    ['a message before hello', pack(newLabel(newSample(Uint8Array.of(1)).id, 'mug'))],
  ])('is closed by name after %s', async (_, bytes) => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.opened;
    device.socket.send(bytes);
    expect(await device.next('refusal')).toMatchObject({ code: 'malformed', of: { kind: 'connection' } });
    expect((await device.closed).code).toBe(closeCodes.malformed);
  });

  it('is closed by name after a text message', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.opened;
    device.socket.send('hello');
    expect((await device.closed).code).toBe(closeCodes.malformed);
  });

  it('is closed by name after a message beyond the limit, and the hub goes on', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.join();
    device.socket.send(new Uint8Array(maxUpMessageBytes + 1));
    expect((await device.closed).code).toBe(closeCodes.tooLarge);
    await new TestDevice(hub.localUrl).join();
  });

  it.each([
    ['the hub', { version: 1001, minimumVersion: 1000 }],
    ['the hub', { version: 1001, minimumVersion: 1000, newField: 'of that version' }],
  ])('of another version is refused with who is to be updated: %s', async (who, versions) => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.opened;
    device.socket.send(pack({ ...newHello(), ...versions }));
    const refusal = await device.next('refusal');
    expect(refusal.code).toBe('version');
    expect(refusal.text).toContain(`Update ${who}`);
    expect((await device.closed).code).toBe(closeCodes.version);
  });

  it('is not closed by one message of another version that also speaks this one', async () => {
    const hub = await startTestHub();
    const welcome = await new TestDevice(hub.localUrl).join({
      version: protocolVersion + 1,
      minimumVersion: minimumProtocolVersion,
    });
    expect(welcome.version).toBe(protocolVersion);
  });

  it.each([['http://evil.example'], ['null'], [undefined]])('from a page at %s is not upgraded', async (origin) => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl, { origin: origin as string });
    await expect(device.opened).rejects.toThrow('403');
  });

  it('whose page points its own name at this machine has to pair', async () => {
    const hub = await startTestHub();
    const host = `evil.example:${new URL(hub.localUrl).port}`;
    const device = new TestDevice(hub.localUrl, { origin: `http://${host}`, headers: { Host: host } });
    await device.opened;
    device.send(newHello());
    expect(await device.next('refusal')).toMatchObject({ code: 'not-paired' });
    expect((await device.closed).code).toBe(closeCodes.notPaired);
  });

  it('is told when the hub stops, after what it sent was answered', async () => {
    const hub = await startTestHub();
    const device = new TestDevice(hub.localUrl);
    await device.join();
    const samples = await Promise.all([4, 5, 6].map(async (seed) => newSample(await noiseJpeg(seed))));
    for (const sample of samples) device.send(sample);
    const event = newLabel(samples[0]?.id ?? newSample(Uint8Array.of(1)).id, 'mug');
    device.send(event);
    await device.next('ack', ({ events }) => events.includes(event.id));
    await hub.stop();
    expect((await device.closed).code).toBe(closeCodes.stopping);
    const acked = device.received.flatMap((message) => (message.type === 'ack' ? message.samples : []));
    expect(new Set(acked)).toEqual(new Set(samples.map(({ id }) => id)));
  });
});

describe('a device in the network', () => {
  const overTls = { rejectUnauthorized: false, headers: {} };

  it('pairs once with the token that the hub shows, and comes back with its secret', async () => {
    const hub = await startTestHub({ tls: true });
    const url = `https://localhost:${String(hub.httpsPort)}`;
    const asDevice = (): TestDevice => new TestDevice(url, { ...overTls, headers: { 'X-Forwarded-For': '192.0.2.7' } });
    const token = hub.invitations[0]?.split('#pair=')[1] ?? '';
    const device = newDeviceId();

    const stranger = asDevice();
    await stranger.opened;
    stranger.send(newHello());
    expect(await stranger.next('refusal')).toMatchObject({ code: 'not-paired' });

    const { secret } = await asDevice().join({ device, credential: { kind: 'pairing', token } });
    expect(secret).toMatch(/^[\w-]{43}$/);

    const thief = asDevice();
    await thief.opened;
    thief.send(newHello({ credential: { kind: 'pairing', token } }));
    expect(await thief.next('refusal')).toMatchObject({ code: 'not-paired' });

    expect(await asDevice().join({ device, credential: { kind: 'secret', secret: secret ?? '' } })).toMatchObject({
      secret: null,
    });
    const other = asDevice();
    await other.opened;
    other.send(newHello({ credential: { kind: 'secret', secret: secret ?? '' } }));
    expect(await other.next('refusal')).toMatchObject({ code: 'not-paired' });

    expect(hub.invitations).toHaveLength(2);
    const next = hub.invitations[1]?.split('#pair=')[1] ?? '';
    expect(await asDevice().join({ credential: { kind: 'pairing', token: next } })).toHaveProperty('secret');
  });
});

describe('over HTTP', () => {
  async function hubWithApp(): Promise<Awaited<ReturnType<typeof startTestHub>>> {
    const app = await temporaryFolder();
    await mkdir(join(app, 'assets'));
    await writeFile(join(app, 'index.html'), '<!doctype html><title>Occhio</title>');
    await writeFile(join(app, 'sw.js'), '//');
    await writeFile(join(app, 'assets', 'main-abc.js'), '//');
    await writeFile(join(app, 'assets', 'main-abc.js.br'), brotliCompressSync('//'));
    return startTestHub({ app });
  }

  it('the app is served isolated, under a strict policy, each file kept as long as it may be', async () => {
    const hub = await hubWithApp();
    const page = await fetch(`${hub.localUrl}/`);
    expect(await page.text()).toContain('Occhio');
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src 'self' ws://localhost:${new URL(hub.localUrl).port}`);
    expect(policy).not.toContain('unsafe-inline');
    expect((await fetch(`${hub.localUrl}/sw.js`)).headers.get('cache-control')).toBe('no-cache');
    expect((await fetch(`${hub.localUrl}/assets/main-abc.js`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${hub.localUrl}/nothing`)).status).toBe(404);
    expect((await fetch(`${hub.localUrl}/`, { method: 'POST' })).status).toBe(405);
  });

  it('a browser that takes compressed files gets them, and no other does', async () => {
    const hub = await hubWithApp();
    const script = async (encodings: string) => {
      const response = await fetch(`${hub.localUrl}/assets/main-abc.js`, { headers: { 'Accept-Encoding': encodings } });
      return { text: await response.text(), headers: Object.fromEntries(response.headers) };
    };
    const compressed = await script('gzip, br');
    expect(compressed).toMatchObject({ text: '//', headers: { 'content-encoding': 'br' } });
    expect(compressed.headers['cache-control']).toContain('immutable');
    const plain = await script('gzip');
    expect(plain.text).toBe('//');
    expect(plain.headers).not.toHaveProperty('content-encoding');
  });

  it('a model is served under its hash for ever', async () => {
    const hub = await startTestHub();
    const response = await fetch(`${hub.localUrl}/models/${stillModel}`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(stillModelBytes);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const again = await fetch(`${hub.localUrl}/models/${stillModel}`, {
      headers: { 'If-None-Match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    for (const suffix of ['', '.onnx'])
      expect((await fetch(`${hub.localUrl}/models/${'0'.repeat(64)}${suffix}`)).status).toBe(404);
    expect((await fetch(`${hub.localUrl}/models/..%2fhub.sqlite`)).status).toBe(404);
  });

  it('the trust page and the certificate are served over TLS that this certificate vouches for', async () => {
    const hub = await startTestHub({ tls: true });
    const get = (path: string): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        const url = `https://localhost:${String(hub.httpsPort)}${path}`;
        request(url, { ca: hub.certificates?.authorityPem }, (response) => {
          resolve(buffer(response));
        })
          .on('error', reject)
          .end();
      });
    expect((await get('/trust?lang=it')).toString()).toContain('lang="it"');
    expect((await get('/trust/occhio-ca.crt')).equals(hub.certificates?.authorityDer ?? Buffer.of())).toBe(true);
  });

  it('health is there for all, metrics for this machine only', async () => {
    const hub = await startTestHub();
    expect(await (await fetch(`${hub.localUrl}/healthz`)).json()).toMatchObject({ status: 'ok', backend: 'none' });
    expect(await (await fetch(`${hub.localUrl}/metrics`)).text()).toContain('occhio_connections 0');
    const proxied = await fetch(`${hub.localUrl}/metrics`, { headers: { 'X-Forwarded-For': '192.0.2.7' } });
    expect(proxied.status).toBe(403);
  });

  it('a request without a usable Host or path is answered, not crashed on', async () => {
    const hub = await startTestHub();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(hub.localUrl).port), '127.0.0.1', () => {
        socket.write('GET /%ff%fe HTTP/1.1\r\nHost: a b<script>\r\nConnection: close\r\n\r\n');
      });
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('end', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect(answer).not.toContain('<script>');
  });
});
