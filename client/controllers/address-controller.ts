/** Which screen the address names: `#/inside` is the screen "Inside", anything else the camera. Renders again on a change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class AddressController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onBack: () => void;

  /** `onBack` is called when the camera is shown again. */
  constructor(host: ReactiveControllerHost, onBack: () => void) {
    this.#host = host;
    this.#onBack = onBack;
    host.addController(this);
  }

  get inside(): boolean {
    return location.hash === '#/inside';
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#change);
    if (this.inside) void loadInside();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#change);
  }

  readonly #change = (): void => {
    this.#host.requestUpdate();
    if (this.inside) void loadInside();
    else void this.#host.updateComplete.then(this.#onBack);
  };
}

/** Only who goes there needs it. Without it there is nothing to show: back to the camera. */
async function loadInside(): Promise<void> {
  await import('../screens/inside/occhio-inside.ts').catch(() => {
    location.hash = '#/';
  });
}
