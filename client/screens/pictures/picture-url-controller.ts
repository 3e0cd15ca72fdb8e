/**
 * The picture of a sample as something that an `img` can show, while its element is in or near the window. What was out of
 * reach is tried again when the element is rendered again: more is known of the pictures then.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SampleId } from '../../../protocol/ids.ts';

/** Null when it is out of reach. */
export type LoadJpeg = (sample: SampleId) => Promise<Uint8Array<ArrayBuffer> | null>;

type Host = ReactiveControllerHost & Element & { readonly sample: SampleId; readonly load: LoadJpeg };

export class PictureUrlController implements ReactiveController {
  readonly #host: Host;
  readonly #observer: IntersectionObserver;
  #url: string | null = null;
  #inView = false;
  #loading = false;
  /** Tells the answer that is waited for from those that are not any more. */
  #turn = 0;

  constructor(host: Host) {
    this.#host = host;
    this.#observer = new IntersectionObserver(
      (changes) => {
        this.#inView = changes.at(-1)?.isIntersecting ?? false;
        if (this.#inView) void this.#show();
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

  hostUpdated(): void {
    if (this.#inView && this.#url === null && !this.#loading) void this.#show();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#inView = false;
    this.#hide();
  }

  async #show(): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    const jpeg = await this.#host.load(this.#host.sample);
    if (turn !== this.#turn) return;
    this.#loading = false;
    if (!jpeg) return;
    this.#set(URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' })));
  }

  #hide(): void {
    this.#turn++;
    this.#loading = false;
    this.#set(null);
  }

  #set(url: string | null): void {
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = url;
    this.#host.requestUpdate();
  }
}
