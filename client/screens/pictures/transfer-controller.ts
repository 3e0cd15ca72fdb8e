/** Brings pictures in and takes them out, one such work at a time, and stops when its element leaves the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Outbox } from '../../outbox/outbox.ts';
import { exportPictures } from '../../pictures/export-pictures.ts';
import { importPictures } from '../../pictures/import-pictures.ts';
import { filesInZip, filesOf } from '../../pictures/picture-files.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { Pictures } from '../../pictures/pictures.ts';
import { squareJpeg } from '../../pictures/square-jpeg.ts';
import type { Transfer } from './pictures-transfer.ts';

export class TransferController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: Transfer = { kind: 'none' };
  #abort = new AbortController();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): Transfer {
    return this.#state;
  }

  hostConnected(): void {
    this.#abort = new AbortController();
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** What was kept stays. */
  stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** `zipped`: the one file is a zip of pictures. */
  import(files: readonly File[], zipped: boolean, outbox: Outbox): void {
    const [first] = files;
    void importPictures({
      files: zipped && first ? filesInZip(first) : filesOf(files),
      outbox,
      square: squareJpeg,
      nowMs: () => Date.now(),
      signal: this.#abort.signal,
      onProgress: (progress) => {
        this.#set({ kind: 'import', progress });
      },
    });
  }

  export(shown: readonly Picture[], pictures: Pick<Pictures, 'jpeg'>): void {
    exportPictures({
      pictures: shown,
      jpeg: (sample) => pictures.jpeg(sample),
      signal: this.#abort.signal,
      onProgress: (done) => {
        this.#set({ kind: 'export', done, all: shown.length });
      },
    }).then(
      ({ zip, written, missing }) => {
        this.#set({ kind: 'exported', written, missing });
        save(zip, 'occhio.zip');
      },
      () => {
        // It was stopped.
        this.#set({ kind: 'none' });
      },
    );
  }

  #set(state: Transfer): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

/** Puts a file where the browser puts downloads. */
function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has its own hold of the file by the next turn.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  });
}
