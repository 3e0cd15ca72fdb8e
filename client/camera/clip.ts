/** A film under an address of this site, as a camera: `?camera=URL`. It plays again and again. */
import type { FrameSource } from './frame-source.ts';
import { SourceError } from './frame-source.ts';

export class Clip implements FrameSource {
  readonly picture = document.createElement('video');
  readonly moving = true;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    this.picture.playsInline = true;
    this.picture.muted = true;
    this.picture.loop = true;
  }

  async start(): Promise<void> {
    this.picture.src = this.#url;
    try {
      await this.picture.play();
    } catch (cause) {
      throw new SourceError('unreadable', { cause });
    }
  }

  stop(): void {
    this.picture.pause();
    this.picture.removeAttribute('src');
  }
}
