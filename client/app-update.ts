/** Installs the service worker and says when a new version of the app waits. */
import { Workbox } from 'workbox-window';
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';

/** Some browsers never say that the new worker controls the page: then reload all the same. */
const patienceMs = 3000;

export class AppUpdate {
  readonly #ready = new Cell(false);
  #workbox: Workbox | undefined;

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
    const reload = (): void => {
      location.reload();
    };
    this.#workbox?.addEventListener('controlling', reload);
    this.#workbox?.messageSkipWaiting();
    setTimeout(reload, patienceMs);
  }
}
