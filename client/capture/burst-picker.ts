/**
 * Which frames of a burst are kept: not too soon after each other, not the same picture twice, and none that is much darker or
 * more blurred than the one that the person froze. Pure but for its memory.
 */
import { signatureDistance } from '../recognition/signature.ts';

export const burstRule = {
  wanted: 8,
  /** Eight frames in two seconds. */
  spacingMs: 220,
  /** What is not kept is followed by another look so soon. */
  lookEveryMs: 80,
  /** Mean difference of luma, of 255. A hand that holds still gives 1 and more; a picture on a screen gives 0. */
  minDistance: 0.5,
  /** Of the first frame's sharpness. */
  minSharpness: 0.6,
  /** Of the first frame's brightness. */
  minBrightness: 0.5,
  /** When so long no frame was worth keeping, the burst ends with fewer. A slow device takes as long as it needs. */
  patienceMs: 4000,
} as const;

/** What is looked at of a frame. */
export type BurstFrame = { readonly signature: Uint8Array; readonly sharpness: number };

/** How many frames were not kept, by why. */
export type Dropped = Readonly<Record<'alike' | 'blurred' | 'dark', number>>;

export class BurstPicker {
  readonly #kept: BurstFrame[] = [];
  #lastKeptMs: number;
  #dropped: Dropped = { alike: 0, blurred: 0, dark: 0 };
  #nextMs = -Infinity;

  constructor(startMs: number) {
    this.#lastKeptMs = startMs;
  }

  get kept(): number {
    return this.#kept.length;
  }

  get dropped(): Dropped {
    return this.#dropped;
  }

  /** Whether this frame is one to keep; if so it counts as kept. The first always is. */
  offer(frame: BurstFrame, nowMs: number): boolean {
    if (this.isDone(nowMs) || nowMs < this.#nextMs) return false;
    const flaw = this.#flawOf(frame);
    this.#nextMs = nowMs + (flaw ? burstRule.lookEveryMs : burstRule.spacingMs);
    if (flaw) this.#dropped = { ...this.#dropped, [flaw]: this.#dropped[flaw] + 1 };
    else {
      this.#kept.push(frame);
      this.#lastKeptMs = nowMs;
    }
    return flaw === undefined;
  }

  isDone(nowMs: number): boolean {
    return this.#kept.length >= burstRule.wanted || nowMs - this.#lastKeptMs >= burstRule.patienceMs;
  }

  #flawOf({ signature, sharpness }: BurstFrame): keyof Dropped | undefined {
    const [first] = this.#kept;
    if (!first) return undefined;
    if (brightnessOf(signature) < burstRule.minBrightness * brightnessOf(first.signature)) return 'dark';
    if (sharpness < burstRule.minSharpness * first.sharpness) return 'blurred';
    const alike = this.#kept.some((kept) => signatureDistance(kept.signature, signature) < burstRule.minDistance);
    return alike ? 'alike' : undefined;
  }
}

/** Mean luma. */
function brightnessOf(signature: Uint8Array): number {
  return signature.reduce((sum, luma) => sum + luma, 0) / signature.length;
}
