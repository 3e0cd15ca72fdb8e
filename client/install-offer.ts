/**
 * Offers to install the app, once: after the first success, and only where that is possible.
 *
 *   none ──browser says it can──▶ possible ──first success──▶ open ──answered──▶ none, for good
 */
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';
import type { SettingsStore } from './storage/settings.ts';

/** Chromium's, which TypeScript does not know: the browser would ask, and lets the page say when. */
type InstallPrompt = Event & { prompt(): Promise<unknown> };

/** `by-hand`: iPhones install from the share menu alone. */
export type Offer = 'none' | 'by-browser' | 'by-hand';

export class InstallOffer {
  readonly #settings: SettingsStore;
  readonly #open = new Cell<Offer>('none');
  #prompt: InstallPrompt | undefined;
  #succeeded = false;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  get open(): Readable<Offer> {
    return this.#open;
  }

  start(): void {
    window.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#prompt = event as InstallPrompt;
      this.#review();
    });
    window.addEventListener('appinstalled', () => {
      void this.dismiss();
    });
  }

  /** The app was of use to its owner. */
  succeeded(): void {
    this.#succeeded = true;
    this.#review();
  }

  async accept(): Promise<void> {
    const prompt = this.#prompt;
    await this.dismiss();
    await prompt?.prompt();
  }

  /** Kept first, then hidden: who sees it go is not offered it again. */
  async dismiss(): Promise<void> {
    try {
      await this.#settings.write('installOffered', true);
    } finally {
      this.#open.set('none');
    }
  }

  #review(): void {
    if (!this.#succeeded || this.#settings.state.peek().installOffered) return;
    if (this.#prompt) this.#open.set('by-browser');
    // Only iPhones and iPads say whether a page was started from the home screen.
    else if ('standalone' in navigator && navigator.standalone === false) this.#open.set('by-hand');
  }
}
