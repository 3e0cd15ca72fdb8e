/** Tells its element which pictures the address names: when it comes on the page, and whenever a link leads to others. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PictureFilter } from '../../pictures/picture-filter.ts';
import { linkedFilter, picturesAddress } from '../../pictures/pictures-link.ts';

export class LinkedFilterController implements ReactiveController {
  readonly #onLinked: (filter: PictureFilter) => void;

  constructor(host: ReactiveControllerHost, onLinked: (filter: PictureFilter) => void) {
    this.#onLinked = onLinked;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#read);
    this.#read();
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#read);
  }

  /** Others are shown than the address names: from now on it names none. */
  release(): void {
    history.replaceState(history.state, '', picturesAddress);
  }

  readonly #read = (): void => {
    // An address that leads away is for another screen.
    if (location.hash.startsWith(picturesAddress)) this.#onLinked(linkedFilter(location.hash));
  };
}
