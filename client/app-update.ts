/** Installs the service worker, says when a new version of the app waits, and goes over to it on the person's word. */
import { Workbox } from 'workbox-window';
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';

/** Some browsers never say that the new worker controls the page: then reload all the same. */
const patienceMs = 3000;

/**
 * ```
 *   none ──new worker waits──▶ ready ──apply──▶ in control, or patience is over ──nothing is being captured──▶ reload
 * ```
 */
export class AppUpdate {
  readonly #ready = new Cell(false);
  readonly #capturing: Readable<boolean>;
  #workbox: Workbox | undefined;

  /** `capturing`: whether a reload now would take a picture from under a person's hands. */
  constructor(capturing: Readable<boolean>) {
    this.#capturing = capturing;
  }

  /** Whether a new version waits for the person's word. */
  get ready(): Readable<boolean> {
    return this.#ready;
  }

  start(): void {
    if (!('serviceWorker' in navigator)) return;
    const workbox = new Workbox('/sw.js');
    workbox.addEventListener('waiting', () => {
      this.#ready.set(true);
    });
    this.#workbox = workbox;
    // Without it the app works as well, only not offline.
    workbox.register().catch(() => undefined);
  }

  apply(): void {
    this.#ready.set(false);
    const reload = (): void => {
      this.#reloadWhenFree();
    };
    this.#workbox?.addEventListener('controlling', reload);
    this.#workbox?.messageSkipWaiting();
    setTimeout(reload, patienceMs);
  }

  #reloadWhenFree(): void {
    if (!this.#capturing.peek()) {
      location.reload();
      return;
    }
    const stop = this.#capturing.subscribe((capturing) => {
      if (capturing) return;
      stop();
      location.reload();
    });
  }
}
