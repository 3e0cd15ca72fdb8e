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
import type { Lens, LensState } from './lens.ts';

export type CameraState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly source: FrameSource }
  | { readonly kind: 'hidden'; readonly source: FrameSource }
  | { readonly kind: 'failed'; readonly why: SourceProblem };

export class Camera {
  readonly #state = new Cell<CameraState>({ kind: 'off' });
  readonly #lens = new Cell<LensState | null>(null);
  #source: FrameSource | undefined;
  #pageHidden = false;
  #leaveLens: (() => void) | undefined;

  get state(): Readable<CameraState> {
    return this.#state;
  }

  /** Of the camera that is on; null for all other sources. */
  get lens(): Readable<LensState | null> {
    return this.#lens;
  }

  /** Stops what was in use and starts this one. Failures become the state. */
  async open(source: FrameSource): Promise<void> {
    this.#source?.stop();
    this.#source = source;
    this.#enter({ kind: 'starting' });
    await this.#start(source);
  }

  /** Lets go of what was in use. */
  close(): void {
    this.#source?.stop();
    this.#source = undefined;
    this.#enter({ kind: 'off' });
  }

  /** To be called when the page is hidden or seen again. */
  async pageHidden(hidden: boolean): Promise<void> {
    this.#pageHidden = hidden;
    const state = this.#state.peek();
    if (hidden && state.kind === 'on' && state.source.moving) {
      state.source.stop();
      this.#enter({ kind: 'hidden', source: state.source });
    } else if (!hidden && state.kind === 'hidden') {
      this.#enter({ kind: 'starting' });
      await this.#start(state.source);
    }
  }

  async #start(source: FrameSource): Promise<void> {
    const fail = (why: SourceProblem): void => {
      if (source === this.#source) this.#enter({ kind: 'failed', why });
    };
    try {
      await source.start(fail);
      if (source !== this.#source) source.stop();
      else {
        this.#enter({ kind: 'on', source });
        // Hidden while it was starting.
        if (this.#pageHidden) await this.pageHidden(true);
      }
    } catch (cause) {
      fail(cause instanceof SourceError ? cause.kind : 'unreadable');
    }
  }

  #enter(state: CameraState): void {
    this.#state.set(state);
    // What the last one could stays on the page until it is known what this one can: nobody loses the focus.
    if (state.kind !== 'starting') this.#follow(state.kind === 'on' ? state.source.lens : undefined);
  }

  #follow(lens: Lens | undefined): void {
    this.#leaveLens?.();
    this.#lens.set(lens?.state.peek() ?? null);
    this.#leaveLens = lens?.state.subscribe((state) => {
      this.#lens.set(state);
    });
  }
}
