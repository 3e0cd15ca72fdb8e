/** How this device shows the hub who it is: a token from the QR code once, its own secret from then on. */
import type { Credential } from '../../protocol/messages/hello.ts';

/** The one-time token in an address that ends in `#pair=TOKEN`. */
export function pairingTokenIn(hash: string): string | undefined {
  return /^#pair=([\w-]{16,128})$/.exec(hash)?.[1];
}

export function credentialFor(token: string | undefined, secret: string | null): Credential {
  if (token !== undefined) return { kind: 'pairing', token };
  return secret === null ? { kind: 'none' } : { kind: 'secret', secret };
}
