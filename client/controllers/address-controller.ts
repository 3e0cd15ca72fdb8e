/** Which screen the address names: `#/inside` is the screen "Inside", anything else the camera. Renders again on a change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class AddressController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get inside(): boolean {
    return location.hash === '#/inside';
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#change);
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#change);
  }

  readonly #change = (): void => {
    this.#host.requestUpdate();
  };
}
