/** A film under an address of this site, as a camera: `?camera=URL`. It plays again and again. */
import type { FrameSource } from './frame-source.ts';
import { SourceError } from './frame-source.ts';
import { silentVideo } from './silent-video.ts';

export class Clip implements FrameSource {
  readonly moving = true;
  readonly #url: string;
  #picture = silentVideo();

  constructor(url: string) {
    this.#url = url;
  }

  get picture(): HTMLVideoElement {
    return this.#picture;
  }

  async start(): Promise<void> {
    this.#picture = silentVideo();
    this.picture.loop = true;
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
