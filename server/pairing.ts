/** How a device in the network comes to be trusted: once with a token that it saw on the hub's screen, then with a secret. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 128 random bits. */
const tokenBytes = 16;
const tokenLifeMs = 15 * 60_000;

/** 256 random bits. */
const secretBytes = 32;

export type PairingOptions = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new token is there, to be shown on the hub's screen and nowhere else. */
  readonly show: (token: string) => void;
};

/**
 * There is one token at a time; only its hash is kept. It is good for one device and fifteen minutes; when it was used
 * or is found too old, the next one is made and shown.
 */
export class Pairing {
  readonly #options: PairingOptions;
  #current: { readonly hash: Uint8Array; readonly expiresAtMs: number } | undefined;

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  /** Makes and shows a token; the one before is void. */
  renew(): void {
    const token = randomBytes(tokenBytes).toString('base64url');
    this.#current = { hash: secretHash(token), expiresAtMs: this.#options.now() + tokenLifeMs };
    this.#options.show(token);
  }

  /** Whether the token is good; it is spent then. */
  redeem(token: string): boolean {
    const current = this.#current;
    if (!current) return false;
    const isFresh = this.#options.now() < current.expiresAtMs;
    const isGood = isFresh && timingSafeEqual(current.hash, secretHash(token));
    if (isGood || !isFresh) this.renew();
    return isGood;
  }
}

export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** SHA-256: what is stored of a token or secret. Both are random, so that a slow hash would protect nothing. */
export function secretHash(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

/** In constant time. */
export function isSecretOf(hash: Uint8Array, secret: string): boolean {
  return timingSafeEqual(hash, secretHash(secret));
}
