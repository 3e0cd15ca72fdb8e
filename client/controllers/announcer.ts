/** Thins out what a screen reader says: the newest text, at most every 1.5 s. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const spacingMs = 1500;

export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #text = '';
  #next = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    this.#next = text;
    if (text === this.#text) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#text = this.#next;
      this.#host.requestUpdate();
    }, spacingMs);
  }

  hostConnected(): void {
    // Nothing to do before the first text.
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
