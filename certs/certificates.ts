/** The certificates on disk: made when absent, the leaf renewed when it must be, the authority kept for its ten years. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAuthority } from './authority.ts';
import type { Identity } from './identity.ts';
import { identityFromPem, identityToPem, keyPem } from './identity.ts';
import { createLeaf, leafCovers } from './leaf.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { addDays } from './validity.ts';

export type Certificates = {
  /** The leaf's private key and its chain, PEM, as `https.createServer` takes them. */
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate, for devices that are to trust it. Never its key. */
  readonly authorityDer: Uint8Array;
  readonly authorityPem: string;
  /** SHA-256 of the authority's certificate, `AB:CD:…`, for people to compare. */
  readonly fingerprint: string;
  readonly validUntil: Date;
  /** The names and addresses that were asked for, and loopback; the leaf is valid for all of them. */
  readonly names: readonly string[];
  /** Whether this call made a leaf, and why; `new`: there was none that this authority had signed. */
  readonly renewed: false | 'new' | 'addresses' | 'expiry';
};

/** A file in the certificate folder is not what Occhio wrote there. The message names it and says what to do. */
export class CorruptCertificateError extends Error {
  override readonly name = 'CorruptCertificateError';
  readonly kind = 'corrupt';
}

/** Where the certificates lie unless someone says otherwise; git ignores it. */
export const defaultCertificatesFolder = fileURLToPath(new URL('./local', import.meta.url));

/** Valid wherever the hub runs, besides the addresses and host names that the caller knows. */
const loopbackNames = ['localhost', '127.0.0.1', '::1'];

const renewBeforeDays = 30;

/** An authority this close to its end would be outlived by the leaves it signs, so it is replaced. */
const replaceAuthorityBeforeDays = 400;

/**
 * Reads `authority.pem` and `leaf.pem` from `dir` (made with mode 0700, files 0600), and makes or renews what is absent,
 * does not cover `addresses` and `hostnames`, or ends soon. `occhio-ca.crt` is the authority's certificate alone.
 * Rejects with CorruptCertificateError when a file is unreadable as what it should be.
 */
export async function ensureCertificates(
  dir: string,
  options: { readonly addresses: readonly string[]; readonly hostnames: readonly string[]; readonly now: Date },
): Promise<Certificates> {
  const { now } = options;
  const names = [...new Set([...loopbackNames, ...options.addresses, ...options.hostnames])];
  const authority = await ensureAuthority(dir, { hostname: options.hostnames[0] ?? 'localhost', now });
  const leafPath = join(dir, 'leaf.pem');
  const present = await readIdentity(
    leafPath,
    'It can be deleted: the next start makes another, and devices go on trusting it.',
  );
  const renewed = reasonToRenew(authority, present, { names, now });
  let leaf = present;
  if (!leaf || renewed) {
    leaf = await createLeaf(authority, { names, now });
    await writePrivateFile(leafPath, identityToPem(leaf));
  }
  return {
    key: keyPem(leaf),
    cert: leaf.certificate.toString() + authority.certificate.toString(),
    authorityDer: new Uint8Array(authority.certificate.raw),
    authorityPem: authority.certificate.toString(),
    fingerprint: authority.certificate.fingerprint256,
    validUntil: leaf.certificate.validToDate,
    names,
    renewed,
  };
}

async function ensureAuthority(
  dir: string,
  options: { readonly hostname: string; readonly now: Date },
): Promise<Identity> {
  const path = join(dir, 'authority.pem');
  const present = await readIdentity(
    path,
    'Put back a copy of it. Without one, delete it: the next start makes a new authority, which every device must be told to trust.',
  );
  if (present && present.certificate.validToDate > addDays(options.now, replaceAuthorityBeforeDays)) return present;
  const authority = await createAuthority(options);
  await writePrivateFile(path, identityToPem(authority));
  await writePrivateFile(join(dir, 'occhio-ca.crt'), authority.certificate.toString());
  return authority;
}

function reasonToRenew(
  authority: Identity,
  leaf: Identity | undefined,
  wanted: { readonly names: readonly string[]; readonly now: Date },
): Certificates['renewed'] {
  if (!leaf?.certificate.verify(authority.certificate.publicKey)) return 'new';
  if (leaf.certificate.validToDate < addDays(wanted.now, renewBeforeDays)) return 'expiry';
  return leafCovers(leaf, wanted.names) ? false : 'addresses';
}

async function readIdentity(path: string, remedy: string): Promise<Identity | undefined> {
  const pem = await readPrivateFile(path);
  if (pem === undefined) return undefined;
  try {
    return identityFromPem(pem);
  } catch (cause) {
    throw new CorruptCertificateError(
      `${path} should hold a private key and its certificate, and does not. ${remedy}`,
      {
        cause,
      },
    );
  }
}
