/** The local certificate authority: made once, trusted once per device, signs only this hub's leaf. */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { Identity } from './identity.ts';
import { newKeyPair, signingAlgorithm, toIdentity } from './identity.ts';
import { addDays, clockSkewDays } from './validity.ts';

const lifetimeDays = 3653;

/** An X.509 common name holds at most 64 characters. */
const maxCommonNameLength = 64;

/** A new authority named `Occhio <hostname>`, valid for ten years from `now`; it may sign leaves but no further authority. */
export async function createAuthority(options: { readonly hostname: string; readonly now: Date }): Promise<Identity> {
  const keys = await newKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`Occhio ${options.hostname}`.slice(0, maxCommonNameLength)] }],
    notBefore: addDays(options.now, -clockSkewDays),
    notAfter: addDays(options.now, lifetimeDays),
    keys,
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return toIdentity(keys.privateKey, certificate.rawData);
}
