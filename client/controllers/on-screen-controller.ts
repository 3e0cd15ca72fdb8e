/** Whether its element can be seen in the window; renders the element again when it comes into view. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class OnScreenController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #observer = new IntersectionObserver((changes) => {
    this.#visible = changes.at(-1)?.isIntersecting ?? false;
    if (this.#visible) this.#host.requestUpdate();
  });
  #visible = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get visible(): boolean {
    return this.#visible;
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#visible = false;
  }
}
