/** How a device in the network comes to be trusted: once with a token that it saw on a screen of the room, then with a secret. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeviceId } from '../protocol/ids.ts';
import type { Cap } from '../protocol/learning/hardness/caps.ts';
import { nextAtMs, stillCounting } from '../protocol/learning/hardness/caps.ts';

/** Crockford's base 32: what people type from a screen and do not mistake. Five bits each, 80 in all. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const tokenLength = 16;
const tokenLifeMs = 15 * 60_000;

/** 256 random bits. */
const secretBytes = 32;

/** So many codes a device may ask for. */
const inviteCaps: readonly Cap[] = [{ most: 10, withinMs: 60_000 }];

export type PairingOptions = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new token is there, to be shown on the hub's screen and nowhere else. */
  readonly show: (token: string) => void;
};

/** A token for one new device. */
export type Invitation = { readonly token: string; readonly goodForMs: number };

/** What is kept of a token that was given out. */
type Kept = { readonly hash: Uint8Array; readonly expiresAtMs: number };

/** A device that invites others: its token, unless that was used, and when it asked for tokens of late. */
type Host = { readonly kept: Kept | undefined; readonly askedAtMs: readonly number[] };

/**
 * There is one token at a time for the hub's screen and one for each device that invites others; only hashes are kept.
 * A token is good for one device and fifteen minutes; when the screen's was used or is found too old, the next one is
 * made and shown.
 */
export class Pairing {
  readonly #options: PairingOptions;
  #onScreen: Kept | undefined;
  readonly #hosts = new Map<DeviceId, Host>();

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  /** Makes and shows a token; the one before is void. */
  renew(): void {
    const { token, kept } = this.#newToken();
    this.#onScreen = kept;
    this.#options.show(token);
  }

  /** A token that `host` shows to another device; the one before is void. Undefined when it asks too often. */
  invite(host: DeviceId): Invitation | undefined {
    const nowMs = this.#options.now();
    const before = this.#hosts.get(host);
    const askedAtMs = stillCounting(before?.askedAtMs ?? [], inviteCaps, nowMs);
    if (nextAtMs(askedAtMs, inviteCaps, nowMs) > nowMs) {
      this.#hosts.set(host, { kept: before?.kept, askedAtMs });
      return undefined;
    }
    const { token, kept } = this.#newToken();
    this.#hosts.set(host, { kept, askedAtMs: [...askedAtMs, nowMs] });
    return { token, goodForMs: tokenLifeMs };
  }

  /** The device invites nobody any more: its token is void. */
  forget(host: DeviceId): void {
    this.#hosts.delete(host);
  }

  /** Whether the token is good, however it was typed; it is spent then. */
  redeem(token: string): boolean {
    const hash = secretHash(asTyped(token));
    return this.#redeemOnScreen(hash) || this.#redeemOfHost(hash);
  }

  #redeemOnScreen(hash: Uint8Array): boolean {
    const kept = this.#onScreen;
    if (!kept) return false;
    const isGood = this.#isGood(kept, hash);
    if (isGood || !this.#isFresh(kept)) this.renew();
    return isGood;
  }

  #redeemOfHost(hash: Uint8Array): boolean {
    for (const [host, { kept, askedAtMs }] of this.#hosts)
      if (kept && this.#isGood(kept, hash)) {
        this.#hosts.set(host, { kept: undefined, askedAtMs });
        return true;
      }
    return false;
  }

  #isGood(kept: Kept, hash: Uint8Array): boolean {
    return this.#isFresh(kept) && timingSafeEqual(kept.hash, hash);
  }

  #isFresh({ expiresAtMs }: Kept): boolean {
    return this.#options.now() < expiresAtMs;
  }

  #newToken(): { readonly token: string; readonly kept: Kept } {
    const random = Array.from(randomBytes(tokenLength), (byte) => alphabet[byte % alphabet.length]).join('');
    const token = random.replace(/(?<=.)(?=(.{4})+$)/g, '-');
    return { token, kept: { hash: secretHash(asTyped(token)), expiresAtMs: this.#options.now() + tokenLifeMs } };
  }
}

/** A token without what may differ when a person types it. */
function asTyped(token: string): string {
  return token.toUpperCase().replaceAll('-', '').replaceAll('O', '0').replace(/[IL]/g, '1');
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
