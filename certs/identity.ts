/** A private key with its certificate: what the authority and the leaf each are, in memory and as one PEM file. */
import { createPrivateKey, KeyObject, webcrypto, X509Certificate } from 'node:crypto';

export type Identity = { readonly key: KeyObject; readonly certificate: X509Certificate };

/** ECDSA on P-256: small, fast on phones, and accepted by every browser. */
const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

export async function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

/** The identity's key in the form in which it signs certificates. */
export function signingKey(identity: Identity): webcrypto.CryptoKey {
  return identity.key.toCryptoKey(keyAlgorithm, false, ['sign']);
}

export function toIdentity(privateKey: webcrypto.CryptoKey, certificate: ArrayBuffer): Identity {
  return { key: KeyObject.from(privateKey), certificate: new X509Certificate(new Uint8Array(certificate)) };
}

/** One text, so that one atomic write never leaves a key beside another key's certificate. */
export function identityToPem(identity: Identity): string {
  return keyPem(identity) + identity.certificate.toString();
}

export function keyPem(identity: Identity): string {
  return identity.key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The inverse of `identityToPem`. Throws when `pem` is anything else, or when key and certificate are not a pair. */
export function identityFromPem(pem: string): Identity {
  const identity = { key: createPrivateKey(pem), certificate: new X509Certificate(pem) };
  if (!identity.certificate.checkPrivateKey(identity.key)) throw new Error('The key is not the certificate’s key.');
  return identity;
}
