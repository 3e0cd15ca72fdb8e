/** What is looked at: the live picture, or a held copy of one frame, and the guide's square in it. */
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Frames, FrameSource, Picture } from './frame-source.ts';
import { sizeOf } from './frame-source.ts';
import type { Guide, Insets, Size } from './guide.ts';
import { guideFor } from './guide.ts';

export type View = {
  readonly picture: Picture;
  readonly guide: Guide;
  /** The source's own; without them, frames are read from `picture`. */
  readonly frames?: Frames | undefined;
};

export class Viewfinder {
  readonly #held = new Cell<HTMLCanvasElement | null>(null);
  #source: FrameSource | undefined;
  #stage: Size = { width: 0, height: 0 };
  #insets: Insets = { top: 0, bottom: 0 };

  /** The copy that is shown while the picture is frozen. */
  get held(): Readable<HTMLCanvasElement | null> {
    return this.#held;
  }

  lookAt(source: FrameSource | undefined): void {
    this.#source = source;
    this.#held.set(null);
  }

  /** The stage's size and what is covered of it, in CSS pixels. */
  resize(stage: Size, insets: Insets): void {
    this.#stage = stage;
    this.#insets = insets;
  }

  /** The live picture and the guide in it; undefined while there is none. */
  view(): View | undefined {
    const source = this.#source;
    const guide = source && guideFor(sizeOf(source.picture), this.#stage, this.#insets);
    return guide && { picture: source.picture, frames: source.frames, guide };
  }

  /** Holds a copy of the picture as it is now, whose guide is the same. */
  hold(): View | undefined {
    const view = this.view();
    const copy = document.createElement('canvas');
    const context = copy.getContext('2d');
    if (!view || !context) return undefined;
    const { width, height } = sizeOf(view.picture);
    copy.width = width;
    copy.height = height;
    context.drawImage(view.picture, 0, 0);
    this.#held.set(copy);
    return { picture: copy, guide: view.guide };
  }

  release(): void {
    this.#held.set(null);
  }
}
