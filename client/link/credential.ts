/** How this device shows the hub who it is: a token from a QR code once, its own secret from then on. */
import type { Credential } from '../../protocol/messages/hello.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';

/** The one-time token in an address that ends in `#pair=TOKEN`. */
export function pairingTokenIn(hash: string): string | undefined {
  return /^#pair=([\w-]{16,128})$/.exec(hash)?.[1];
}

/** The secret first: a device that the hub still knows needs no token, and keeps its name and its pictures. */
export function credentialFor(token: string | undefined, secret: string | null): Credential {
  if (secret !== null) return { kind: 'secret', secret };
  return token === undefined ? { kind: 'none' } : { kind: 'pairing', token };
}

/**
 * Whether a device that was refused, and has a token still, is to come again as a new one: the hub knows its secret no
 * more, or knows its id by another. A token that was refused itself gets it nowhere.
 */
export function comesAsNew(code: RefusalCode, secret: string | null): boolean {
  return code === 'id-taken' || ((code === 'not-paired' || code === 'removed') && secret !== null);
}
