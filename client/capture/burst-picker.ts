/** Which frames of a burst are kept: not too soon after each other, and not the same picture twice. Pure but for its memory. */
import { signatureDistance } from '../recognition/signature.ts';

export const burstRule = {
  wanted: 8,
  /** Eight frames in two seconds. */
  spacingMs: 220,
  /** Mean difference of luma, of 255. A hand that holds still gives 1 and more; a picture on a screen gives 0. */
  minDistance: 0.5,
  /** When the scene does not change at all, the burst ends with fewer. */
  longestMs: 5000,
} as const;

export class BurstPicker {
  readonly #startMs: number;
  readonly #kept: { readonly signature: Uint8Array; readonly atMs: number }[] = [];

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  get kept(): number {
    return this.#kept.length;
  }

  /** Whether this frame is one to keep; if so it counts as kept. */
  offer(signature: Uint8Array, nowMs: number): boolean {
    const last = this.#kept.at(-1);
    if (this.isDone(nowMs) || (last && nowMs - last.atMs < burstRule.spacingMs)) return false;
    if (this.#kept.some((kept) => signatureDistance(kept.signature, signature) < burstRule.minDistance)) return false;
    this.#kept.push({ signature, atMs: nowMs });
    return true;
  }

  isDone(nowMs: number): boolean {
    return this.#kept.length >= burstRule.wanted || nowMs - this.#startMs >= burstRule.longestMs;
  }
}
