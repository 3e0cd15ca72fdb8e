/** Which screen the address names, and fetches its code when it is first wanted. Renders again on a change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What is needed of a screen: its hash, and the code that shows it. */
type Addressed = { readonly address: string; readonly load: () => Promise<unknown> };

export class AddressController<Screen extends Addressed> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #screens: readonly Screen[];
  #missing: Screen | null = null;

  constructor(host: ReactiveControllerHost, screens: readonly Screen[]) {
    this.#host = host;
    this.#screens = screens;
    host.addController(this);
  }

  /** Null is the camera, which any other address names. What follows a `?` is for the screen itself. */
  get screen(): Screen | null {
    return this.#screens.find(({ address }) => address === location.hash.split('?')[0]) ?? null;
  }

  /** Whether the code of the screen could not be had. */
  get isMissing(): boolean {
    return this.#missing !== null && this.#missing === this.screen;
  }

  /** Fetches it again. Where the hub answers and it still cannot be had, the hub has another app now: that one is opened. */
  async retry(): Promise<void> {
    const { screen } = this;
    if (!screen || (await this.#load(screen))) return;
    const answers = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) location.reload();
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
    if (this.screen) void this.#load(this.screen);
  };

  async #load(screen: Screen): Promise<boolean> {
    const loaded = await screen.load().then(
      () => true,
      () => false,
    );
    if (!loaded) this.#missing = screen;
    else if (this.#missing === screen) this.#missing = null;
    this.#host.requestUpdate();
    return loaded;
  }
}
