import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Certificates } from '../../certs/certificates.ts';
import { CorruptCertificateError, ensureCertificates } from '../../certs/certificates.ts';
import { lanAddresses, lanHostnames } from '../../certs/lan-addresses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const dayMs = 86_400_000;
const now = new Date('2026-11-23T12:00:00Z');
const home = { addresses: ['192.168.1.20', 'fd00::20'], hostnames: ['studio', 'studio.local'], now };

/** Serves over TLS with `certificates` and fetches from `host`, trusting nothing but `ca`. */
async function fetchTrusting(certificates: Certificates, host: string, ca: string): Promise<string> {
  const server = createServer({ key: certificates.key, cert: certificates.cert }, (_request, response) => {
    response.end('seen');
  });
  server.listen(0);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return await new Promise<string>((resolve, reject) => {
    get({ host, port, ca, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    }).on('error', reject);
  });
}

describe('the certificates', () => {
  test.each(['127.0.0.1', 'localhost', '::1'])(
    'let a device that trusts only the authority connect to %s',
    async (host) => {
      const certificates = await ensureCertificates(await temporaryFolder(), { ...home, now: new Date() });
      expect(await fetchTrusting(certificates, host, certificates.authorityPem)).toBe('seen');
    },
  );

  test('are refused by a device that trusts another hub', async () => {
    const ours = await ensureCertificates(await temporaryFolder(), { ...home, now: new Date() });
    const other = await ensureCertificates(await temporaryFolder(), { ...home, now: new Date() });
    await expect(fetchTrusting(ours, 'localhost', other.authorityPem)).rejects.toThrow(/certificate/);
  });

  test('name every address and host name, and keep to the lifetimes and rights that browsers accept', async () => {
    const { cert, authorityDer, fingerprint } = await ensureCertificates(await temporaryFolder(), home);
    const leaf = new X509Certificate(cert);
    const authority = new X509Certificate(authorityDer);
    for (const address of [...home.addresses, '127.0.0.1', '::1']) expect(leaf.checkIP(address)).toBeDefined();
    for (const name of [...home.hostnames, 'localhost'])
      expect(leaf.checkHost(name, { subject: 'never' })).toBeDefined();
    expect(leaf.checkHost('example.org')).toBeUndefined();
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(leaf.ca).toBe(false);
    expect((leaf.validToDate.getTime() - leaf.validFromDate.getTime()) / dayMs).toBeLessThanOrEqual(397);
    expect(leaf.validFromDate.getTime()).toBeLessThan(now.getTime());
    expect(authority.ca).toBe(true);
    expect(authority.subject).toBe('CN=Occhio studio');
    expect((authority.validToDate.getTime() - now.getTime()) / dayMs).toBeGreaterThan(3650);
    expect(fingerprint).toBe(authority.fingerprint256);
  });

  test('are readable by their owner only, in a folder that only the owner can enter', async () => {
    const dir = join(await temporaryFolder(), 'local');
    await ensureCertificates(dir, home);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(dir)) expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600);
    await chmod(join(dir, 'authority.pem'), 0o644);
    await ensureCertificates(dir, home);
    expect((await stat(join(dir, 'authority.pem'))).mode & 0o777).toBe(0o600);
  });

  test('leave no other file behind than key and certificate of each, and the authority’s certificate without its key', async () => {
    const dir = await temporaryFolder();
    const { authorityPem } = await ensureCertificates(dir, home);
    expect((await readdir(dir)).sort()).toEqual(['authority.pem', 'leaf.pem', 'occhio-ca.crt']);
    expect(await readFile(join(dir, 'occhio-ca.crt'), 'utf8')).toBe(authorityPem);
    expect(authorityPem).not.toContain('PRIVATE');
  });
});

describe('renewal', () => {
  test('keeps everything while nothing has changed', async () => {
    const dir = await temporaryFolder();
    const first = await ensureCertificates(dir, home);
    expect(first.renewed).toBe('new');
    expect(await ensureCertificates(dir, home)).toEqual({ ...first, renewed: false });
  });

  test('makes a leaf for a new address and keeps the authority, so that no device has to trust anew', async () => {
    const dir = await temporaryFolder();
    const first = await ensureCertificates(dir, home);
    const moved = await ensureCertificates(dir, { ...home, addresses: ['10.0.0.7'] });
    expect(moved.renewed).toBe('addresses');
    expect(moved.fingerprint).toBe(first.fingerprint);
    expect(new X509Certificate(moved.cert).checkIP('10.0.0.7')).toBeDefined();
    expect((await ensureCertificates(dir, { ...home, hostnames: ['office'] })).renewed).toBe('addresses');
  });

  test('comes less than 30 days before the leaf ends, and not earlier', async () => {
    const dir = await temporaryFolder();
    const { validUntil, fingerprint } = await ensureCertificates(dir, home);
    const before = (days: number) => ({ ...home, now: new Date(validUntil.getTime() - days * dayMs) });
    expect((await ensureCertificates(dir, before(31))).renewed).toBe(false);
    const renewed = await ensureCertificates(dir, before(29));
    expect(renewed.renewed).toBe('expiry');
    expect(renewed.fingerprint).toBe(fingerprint);
    expect(renewed.validUntil.getTime()).toBeGreaterThan(validUntil.getTime());
  });

  test('replaces the authority before a leaf could outlive it', async () => {
    const dir = await temporaryFolder();
    const first = await ensureCertificates(dir, home);
    const end = new X509Certificate(first.authorityPem).validToDate.getTime();
    const later = await ensureCertificates(dir, { ...home, now: new Date(end - 100 * dayMs) });
    expect(later.renewed).toBe('new');
    expect(later.fingerprint).not.toBe(first.fingerprint);
  });

  test('makes a leaf when the authority is another one than the leaf’s', async () => {
    const dir = await temporaryFolder();
    await ensureCertificates(dir, home);
    await rm(join(dir, 'authority.pem'));
    const again = await ensureCertificates(dir, { ...home, now: new Date() });
    expect(again.renewed).toBe('new');
    expect(await fetchTrusting(again, 'localhost', again.authorityPem)).toBe('seen');
  });

  test.each([
    ['authority.pem', 'Put back a copy'],
    ['leaf.pem', 'can be deleted'],
  ])('stops at a damaged %s and says what to do, changing nothing', async (file, remedy) => {
    const dir = await temporaryFolder();
    await ensureCertificates(dir, home);
    const half = (await readFile(join(dir, file), 'utf8')).slice(0, 300);
    await writeFile(join(dir, file), half);
    const outcome = ensureCertificates(dir, home);
    await expect(outcome).rejects.toThrow(CorruptCertificateError);
    await expect(outcome).rejects.toThrow(`${join(dir, file)} should hold`);
    await expect(outcome).rejects.toThrow(remedy);
    expect(await readFile(join(dir, file), 'utf8')).toBe(half);
  });
});

describe('the addresses of this machine', () => {
  const address = (family: 'IPv4' | 'IPv6', value: string, internal = false) => {
    const common = { address: value, netmask: '', mac: '', internal, cidr: null };
    return family === 'IPv6' ? { ...common, family, scopeid: 0 } : { ...common, family };
  };

  test('are those of every network card, IPv4 first, without loopback and link-local', () => {
    const interfaces = {
      lo: [address('IPv4', '127.0.0.1', true), address('IPv6', '::1', true)],
      eth0: [address('IPv6', 'fe80::1'), address('IPv6', 'fd00::5'), address('IPv4', '192.168.1.5')],
      wlan0: [address('IPv4', '192.168.1.6')],
    };
    expect(lanAddresses(interfaces)).toEqual(['192.168.1.5', '192.168.1.6', 'fd00::5']);
  });

  test('come with the host name in both its forms, or none when it cannot stand in a certificate', () => {
    expect(lanHostnames('Studio')).toEqual(['studio', 'studio.local']);
    expect(lanHostnames('Macbook.local')).toEqual(['macbook', 'macbook.local']);
    expect(lanHostnames('my_host è')).toEqual([]);
  });
});
