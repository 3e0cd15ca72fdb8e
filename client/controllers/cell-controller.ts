/** Renders its element again whenever a value changes, while the element is on the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Readable } from '../cell.ts';

export class CellController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #cells: readonly Readable<unknown>[];
  #stops: readonly (() => void)[] = [];

  constructor(host: ReactiveControllerHost, cells: readonly Readable<unknown>[]) {
    this.#host = host;
    this.#cells = cells;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops = this.#cells.map((cell) =>
      cell.subscribe(() => {
        this.#host.requestUpdate();
      }),
    );
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
  }
}
