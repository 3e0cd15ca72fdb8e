/** The hub's own certificate: short-lived, signed by the local authority, valid for every name of this machine. */
import 'reflect-metadata';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import type { Identity } from './identity.ts';
import { newKeyPair, signingAlgorithm, signingKey, toIdentity } from './identity.ts';
import { addDays, clockSkewDays } from './validity.ts';

/** Public certificates may live 398 days; a private one that keeps to that is accepted by every system. */
const lifetimeDays = 396;

/** A leaf for `names`, host names and IP addresses alike, valid for 397 days including the day before `now`. */
export async function createLeaf(
  authority: Identity,
  options: { readonly names: readonly string[]; readonly now: Date },
): Promise<Identity> {
  const keys = await newKeyPair();
  const issuer = new x509.X509Certificate(authority.certificate.raw);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: ['Occhio'] }],
    issuer: issuer.subjectName,
    notBefore: addDays(options.now, -clockSkewDays),
    notAfter: addDays(options.now, lifetimeDays),
    publicKey: keys.publicKey,
    signingKey: signingKey(authority),
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        options.names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return toIdentity(keys.privateKey, certificate.rawData);
}

/** Whether a browser would accept `leaf` under every one of `names`. */
export function leafCovers(leaf: Identity, names: readonly string[]): boolean {
  const { certificate } = leaf;
  return names.every((name) =>
    isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name, { subject: 'never' }),
  );
}
