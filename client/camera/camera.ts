/**
 * The one source of pictures that is in use. A camera is asked for once a session, let go while the page is hidden and
 * taken up again when it is seen.
 *
 *   off ──open──▶ starting ──▶ on ◀──seen── hidden
 *                    │          └──hidden────▲
 *                    └──▶ failed (why) ◀── unplugged
 */
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { FrameSource, SourceProblem } from './frame-source.ts';
import { SourceError } from './frame-source.ts';

export type CameraState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly source: FrameSource }
  | { readonly kind: 'hidden'; readonly source: FrameSource }
  | { readonly kind: 'failed'; readonly why: SourceProblem };

export class Camera {
  readonly #state = new Cell<CameraState>({ kind: 'off' });
  #source: FrameSource | undefined;
  #pageHidden = false;

  get state(): Readable<CameraState> {
    return this.#state;
  }

  /** Stops what was in use and starts this one. Failures become the state. */
  async open(source: FrameSource): Promise<void> {
    this.#source?.stop();
    this.#source = source;
    this.#state.set({ kind: 'starting' });
    await this.#start(source);
  }

  /** Lets go of what was in use. */
  close(): void {
    this.#source?.stop();
    this.#source = undefined;
    this.#state.set({ kind: 'off' });
  }

  /** To be called when the page is hidden or seen again. */
  async pageHidden(hidden: boolean): Promise<void> {
    this.#pageHidden = hidden;
    const state = this.#state.peek();
    if (hidden && state.kind === 'on' && state.source.moving) {
      state.source.stop();
      this.#state.set({ kind: 'hidden', source: state.source });
    } else if (!hidden && state.kind === 'hidden') {
      this.#state.set({ kind: 'starting' });
      await this.#start(state.source);
    }
  }

  async #start(source: FrameSource): Promise<void> {
    const fail = (why: SourceProblem): void => {
      if (source === this.#source) this.#state.set({ kind: 'failed', why });
    };
    try {
      await source.start(fail);
      if (source !== this.#source) source.stop();
      else {
        this.#state.set({ kind: 'on', source });
        // Hidden while it was starting.
        if (this.#pageHidden) await this.pageHidden(true);
      }
    } catch (cause) {
      fail(cause instanceof SourceError ? cause.kind : 'unreadable');
    }
  }
}
