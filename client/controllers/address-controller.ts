/** Which screen the address names, and fetches it when it is first wanted. Renders again on a change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What is needed of a screen: its hash, and the code that shows it. */
type Addressed = { readonly address: string; readonly load: () => Promise<unknown> };

export class AddressController<Screen extends Addressed> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #screens: readonly Screen[];

  constructor(host: ReactiveControllerHost, screens: readonly Screen[]) {
    this.#host = host;
    this.#screens = screens;
    host.addController(this);
  }

  /** Null is the camera, which any other address names. What follows a `?` is for the screen itself. */
  get screen(): Screen | null {
    return this.#screens.find(({ address }) => address === location.hash.split('?')[0]) ?? null;
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#change);
    this.#change();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#change);
  }

  readonly #change = (): void => {
    this.#host.requestUpdate();
    // Without its code there is nothing to show: back to the camera.
    this.screen?.load().catch(() => {
      location.hash = '#/';
    });
  };
}
