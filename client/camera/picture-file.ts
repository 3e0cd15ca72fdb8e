/** One picture that a person chose or dropped. */
import type { FrameSource } from './frame-source.ts';
import { SourceError } from './frame-source.ts';

export class PictureFile implements FrameSource {
  readonly picture = document.createElement('img');
  readonly moving = false;
  readonly #file: Blob;

  constructor(file: Blob) {
    this.#file = file;
  }

  async start(): Promise<void> {
    this.picture.src = URL.createObjectURL(this.#file);
    try {
      await this.picture.decode();
    } catch (cause) {
      this.stop();
      throw new SourceError('unreadable', { cause });
    }
  }

  stop(): void {
    URL.revokeObjectURL(this.picture.src);
    this.picture.removeAttribute('src');
  }
}
