/** Pictures in and out: a folder or a zip brought in, what is shown taken out as a zip. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { ImportProgress } from '../../pictures/import-pictures.ts';
import type { PicturesAction } from './events.ts';
import { PicturesActionEvent } from './events.ts';
import type { PicturesWords } from './words.ts';
import { picturesWords } from './words.ts';

/** What is being brought in or taken out, or last was. */
export type Transfer =
  | { readonly kind: 'none' }
  | { readonly kind: 'import'; readonly progress: ImportProgress }
  | { readonly kind: 'export'; readonly done: number; readonly all: number }
  | { readonly kind: 'exported'; readonly written: number; readonly missing: number };

@customElement('pictures-transfer')
export class PicturesTransfer extends OcchioElement {
  @property({ attribute: false }) transfer: Transfer = { kind: 'none' };
  /** Pictures that would be taken out. */
  @property({ type: Number }) shown = 0;
  @query('#folder') private readonly folder!: HTMLInputElement; // in every rendering
  @query('#zip') private readonly zip!: HTMLInputElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      summary {
        display: inline-flex;
      }
      section {
        display: grid;
        gap: var(--space-3);
        max-width: 42em;
        margin-block-start: var(--space-2);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      input {
        display: none;
      }
      #state {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius);
        background: var(--raised);
        font-variant-numeric: tabular-nums;
      }
      ul {
        width: 100%;
        margin: 0;
        padding-inline-start: 1.2em;
      }
    `,
  ];

  override render(): TemplateResult {
    const words = picturesWords();
    const busy = this.#busy;
    return html`<details>
        <summary>${words.transfer}</summary>
        <section>
          <p class="soft">${words.importText}</p>
          <div class="buttons">
            <button
              id="import-folder"
              ?disabled=${busy}
              @click=${() => {
                this.folder.click();
              }}
            >
              ${words.importFolder}
            </button>
            <button
              id="import-zip"
              ?disabled=${busy}
              @click=${() => {
                this.zip.click();
              }}
            >
              ${words.importZip}
            </button>
          </div>
          <input id="folder" type="file" webkitdirectory multiple @change=${this.#chosen} />
          <input id="zip" type="file" accept=".zip,application/zip" @change=${this.#chosen} />
          <p class="soft">${words.exportText}</p>
          <div class="buttons">
            <button
              id="export"
              ?disabled=${busy || this.shown === 0}
              @click=${() => {
                this.#do('export');
              }}
            >
              ${words.exportShown(this.shown)}
            </button>
          </div>
        </section>
      </details>
      ${this.#state(words)}`;
  }

  get #busy(): boolean {
    const { transfer } = this;
    return transfer.kind === 'export' || (transfer.kind === 'import' && transfer.progress.end === 'going-on');
  }

  #state(words: PicturesWords) {
    const { transfer } = this;
    if (transfer.kind === 'none') return nothing;
    return html`<div id="state" role="status">
      ${transfer.kind === 'import' ? this.#imported(transfer.progress, words) : html`<span>${this.#exported(transfer, words)}</span>`}
      ${
        this.#busy
          ? html`<button
              id="stop"
              @click=${() => {
                this.#do('stop');
              }}
            >
              ${words.stop}
            </button>`
          : nothing
      }
    </div>`;
  }

  #imported({ kept, looked, all, leftOut, unreadable, end }: ImportProgress, words: PicturesWords) {
    const said =
      end !== 'going-on'
        ? words.importDone(kept, looked)
        : all === null
          ? words.importing(kept, looked)
          : words.importingOf(this.#number(looked), this.#number(all));
    const ended = {
      'going-on': '',
      done: '',
      full: words.importFull,
      broken: words.importBroken,
      stopped: words.importStopped,
    };
    return html`<span>${said}</span> ${ended[end] ? html`<span>${ended[end]}</span>` : nothing}
      ${
        leftOut.size > 0
          ? html`<ul>
              ${[...leftOut].map(([why, count]) => html`<li>${words.leftOut[why](count)}${why === 'unreadable' ? `: ${words.named(unreadable, count)}` : nothing}</li>`)}
            </ul>`
          : nothing
      }`;
  }

  #exported(transfer: Extract<Transfer, { kind: 'export' | 'exported' }>, words: PicturesWords): string {
    if (transfer.kind === 'export') return words.exporting(this.#number(transfer.done), this.#number(transfer.all));
    const { written, missing } = transfer;
    const left = missing > 0 ? ` ${words.exportMissing(missing)}` : '';
    return words.exported(this.#number(written)) + left;
  }

  #number(value: number): string {
    return new Intl.NumberFormat(this.locale.language).format(value);
  }

  #do(action: PicturesAction, files: readonly File[] = []): void {
    this.dispatchEvent(new PicturesActionEvent(action, files));
  }

  readonly #chosen = (event: Event): void => {
    // The listener stands on the inputs themselves.
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // So that the same one can be chosen again.
    input.value = '';
    if (files.length > 0) this.#do(input === this.zip ? 'import-zip' : 'import-folder', files);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pictures-transfer': PicturesTransfer;
  }
}
