/** The picture of a sample as something that an `img` can show, while its element is in or near the window. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SampleId } from '../../../protocol/ids.ts';

/** Null when it is out of reach. */
export type LoadJpeg = (sample: SampleId) => Promise<Uint8Array<ArrayBuffer> | null>;

type Host = ReactiveControllerHost & Element & { readonly sample: SampleId; readonly load: LoadJpeg };

export class PictureUrlController implements ReactiveController {
  readonly #host: Host;
  readonly #observer: IntersectionObserver;
  #url: string | null = null;
  /** Tells the answer that is waited for from those that are not any more. */
  #turn = 0;

  constructor(host: Host) {
    this.#host = host;
    this.#observer = new IntersectionObserver(
      (changes) => {
        if (changes.at(-1)?.isIntersecting) void this.#show();
        else this.#hide();
      },
      { rootMargin: '300px' },
    );
    host.addController(this);
  }

  /** Null while there is nothing to show. */
  get url(): string | null {
    return this.#url;
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#hide();
  }

  async #show(): Promise<void> {
    const turn = ++this.#turn;
    const jpeg = await this.#host.load(this.#host.sample);
    if (turn !== this.#turn || !jpeg) return;
    this.#set(URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' })));
  }

  #hide(): void {
    this.#turn++;
    this.#set(null);
  }

  #set(url: string | null): void {
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = url;
    this.#host.requestUpdate();
  }
}
