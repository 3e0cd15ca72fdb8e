/** Where pictures come from: a camera, a clip, a file. */
import type { Lens } from './lens.ts';

/** Anything that a canvas can draw; it is also what the page shows. */
export type Picture = HTMLVideoElement | HTMLCanvasElement | HTMLImageElement;

/** Why there is no picture. The words for each stand in the message table. */
export type SourceProblem = 'denied' | 'none' | 'busy' | 'insecure' | 'unplugged' | 'unreadable';

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly kind: SourceProblem;
  constructor(kind: SourceProblem, options?: ErrorOptions) {
    super(`No picture: ${kind}.`, options);
    this.kind = kind;
  }
}

export interface Frames {
  /**
   * The newest frame, each once: when it has been asked for before, as soon as another comes. Undefined when none will come
   * any more. Whoever gets it closes it.
   */
  next(): Promise<VideoFrame | undefined>;
}

/**
 * Guarantees: after `start` resolves, `picture` has its size and shows frames until `stop`; `start` may be called again
 * after `stop`; an ended source calls `onEnd` once.
 */
export interface FrameSource {
  readonly picture: Picture;
  /** Its frames as it makes them, while it runs; without them, frames are read from `picture`. */
  readonly frames?: Frames | undefined;
  /** Of a camera, while it runs. */
  readonly lens?: Lens | undefined;
  /** False for one still picture, which never changes by itself. */
  readonly moving: boolean;
  /** Rejects with a SourceError. */
  start(onEnd: (problem: SourceProblem) => void): Promise<void>;
  stop(): void;
}

/** Size in pixels of what the source shows now. */
export function sizeOf(picture: Picture): { readonly width: number; readonly height: number } {
  if (picture instanceof HTMLVideoElement) return { width: picture.videoWidth, height: picture.videoHeight };
  if (picture instanceof HTMLImageElement) return { width: picture.naturalWidth, height: picture.naturalHeight };
  return { width: picture.width, height: picture.height };
}
