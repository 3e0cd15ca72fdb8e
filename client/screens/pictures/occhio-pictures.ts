/** "Pictures": everything that was kept, on this device and on the hub; found, named, deleted, brought in and taken out. */
import type { PropertyValues, TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SampleId } from '../../../protocol/ids.ts';
import { CellController } from '../../controllers/cell-controller.ts';
import { KeysController } from '../../controllers/keys-controller.ts';
import type { SayEvent } from '../../elements/events.ts';
import { icons } from '../../elements/icons.ts';
import { ScreenElement } from '../../elements/screen-element.ts';
import { ownLabelsOf } from '../../labels/own-labels.ts';
import type { PictureFilter } from '../../pictures/picture-filter.ts';
import { choicesOf, everything, filterPictures } from '../../pictures/picture-filter.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { Session } from '../../session.ts';
import type { FilterEvent, PickEvent, PicturesAction, PicturesActionEvent } from './events.ts';
import { LinkedFilterController } from './linked-filter-controller.ts';
import './pictures-filters.ts';
import './pictures-grid.ts';
import './pictures-sheet.ts';
import { picturesStyles } from './pictures-styles.ts';
import './pictures-toast.ts';
import './pictures-transfer.ts';
import type { Selection } from './selection.ts';
import { allSelected, extended, nothingSelected, toggled } from './selection.ts';
import { TransferController } from './transfer-controller.ts';
import type { PicturesWords } from './words.ts';
import { picturesWords } from './words.ts';

@customElement('occhio-pictures')
export class OcchioPictures extends ScreenElement {
  /** Set once, before the element is put on the page. */
  session!: Pick<Session, 'pictures' | 'pictureEdits' | 'outbox' | 'settings' | 'hub'>;
  @state() private filter: PictureFilter = everything;
  @state() private selection: Selection = nothingSelected;
  /** What the sheet is about; it is shown while there is any. */
  @state() private looked: ReadonlySet<SampleId> = new Set();
  readonly #transfer = new TransferController(this);
  readonly #show = (filter: PictureFilter): void => {
    this.filter = filter;
    this.selection = nothingSelected;
  };
  readonly #linked = new LinkedFilterController(this, this.#show);
  #unwatch: (() => void) | undefined;
  /** Of the last rendering. */
  #shown: readonly Picture[] = [];

  static override styles = [ScreenElement.styles, picturesStyles];

  constructor() {
    super();
    new KeysController(this, {
      Escape: () => {
        if (this.selection.on) this.selection = nothingSelected;
        else location.hash = '#/';
      },
      u: () => {
        this.#do('undo');
      },
      a: () => {
        this.selection = allSelected(this.#shown);
      },
      Delete: () => {
        this.#delete(this.#of(this.selection.samples));
      },
    });
  }

  override connectedCallback(): void {
    const { pictures, pictureEdits, hub, settings } = this.session;
    if (!this.hasUpdated)
      new CellController(this, [
        pictures.all,
        pictures.telling,
        pictureEdits.notice,
        pictureEdits.hidden,
        hub.news,
        settings.state,
      ]);
    super.connectedCallback();
    this.#unwatch = pictures.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
  }

  protected override updated(changed: PropertyValues): void {
    // The sheet has gone: back to where one was.
    if (changed.has('looked') && this.looked.size === 0) this.renderRoot.querySelector('pictures-grid')?.focus();
  }

  override render(): TemplateResult {
    const { messages } = this.locale;
    const { pictures, pictureEdits } = this.session;
    const words = picturesWords();
    const hidden = pictureEdits.hidden.peek();
    const all = pictures.all.peek()?.filter(({ sample }) => !hidden.has(sample)) ?? null;
    this.#shown = all ? filterPictures(all, this.filter, Date.now()) : [];
    return html`<header class="top">
        <h1 tabindex="-1">${messages.pictures}</h1>
        <p class="soft" id="count">${all && words.count(this.#number(this.#shown.length), this.#number(all.length))}</p>
        ${this.#shown.length > 0 ? this.#selectButton(words) : nothing}
      </header>
      <main>
        ${this.#telling(words)}
        ${
          all && all.length > 0
            ? html`<pictures-filters
                .filter=${this.filter}
                .choices=${choicesOf(all, this.filter)}
                .device=${this.#device}
                @pictures-filter=${({ filter }: FilterEvent) => {
                  this.#show(filter);
                  this.#linked.release();
                }}
              ></pictures-filters>`
            : nothing
        }
        <pictures-transfer
          .transfer=${this.#transfer.state}
          .shown=${this.#shown.length}
          @pictures-action=${this.#act}
        ></pictures-transfer>
        ${all ? this.#grid(all, words) : html`<p>${words.reading}</p>`}
      </main>
      <div class="foot">
        <pictures-toast .notice=${pictureEdits.notice.peek()} @pictures-action=${this.#act}></pictures-toast>
        ${this.selection.on ? this.#selectionBar(words) : nothing}
      </div>
      ${this.#sheet()}`;
  }

  #selectButton(words: PicturesWords) {
    return html`<button
      id="select"
      @click=${() => {
        this.selection = this.selection.on ? nothingSelected : { ...nothingSelected, on: true };
      }}
    >
      ${this.selection.on ? words.done : words.select}
    </button>`;
  }

  #telling(words: PicturesWords) {
    const telling = this.session.pictures.telling.peek();
    const text = { 'out-of-reach': words.outOfReach, reading: '', told: '' }[telling];
    return text ? html`<p class="soft" id="telling" role="status">${text}</p>` : nothing;
  }

  #grid(all: readonly Picture[], words: PicturesWords) {
    if (this.#shown.length === 0)
      return all.length > 0
        ? html`<div id="empty" class="empty">
            <h2>${words.noneShown}</h2>
          </div>`
        : html`<div id="empty" class="empty">
            <span class="icon">${icons.pictures}</span>
            <h2>${words.none}</h2>
            <p>${words.noneText}</p>
          </div>`;
    return html`<pictures-grid
      .pictures=${this.#shown}
      .selected=${this.selection.samples}
      .selecting=${this.selection.on}
      .name=${this.locale.messages.pictures}
      .load=${this.#load}
      @pictures-pick=${this.#pick}
    ></pictures-grid>`;
  }

  #selectionBar(words: PicturesWords) {
    const { samples } = this.selection;
    const none = samples.size === 0;
    return html`<div id="selection" role="toolbar" aria-label=${words.select}>
      <p role="status">${words.selected(samples.size)}</p>
      <button
        class="quiet"
        id="all"
        @click=${() => {
          this.selection = allSelected(this.#shown);
        }}
      >
        ${words.selectAll}
      </button>
      <button
        class="quiet"
        id="delete"
        ?disabled=${none}
        @click=${() => {
          this.#delete(this.#of(samples));
        }}
      >
        ${words.delete}
      </button>
      <button
        class="primary"
        id="name"
        ?disabled=${none}
        @click=${() => {
          this.looked = samples;
        }}
      >
        ${words.name}
      </button>
    </div>`;
  }

  #sheet() {
    const pictures = this.#of(this.looked);
    if (pictures.length === 0) return nothing;
    return html`<pictures-sheet
      .pictures=${pictures}
      .ownLabels=${ownLabelsOf(this.session.hub.news.peek().room)}
      .device=${this.#device}
      .load=${this.#load}
      @pictures-action=${this.#act}
      @occhio-say=${({ label }: SayEvent) => {
        void this.session.pictureEdits.say(pictures, label);
        this.#finish();
      }}
    ></pictures-sheet>`;
  }

  get #device() {
    return this.session.settings.state.peek().device;
  }

  /** Those that are still there. */
  #of(samples: ReadonlySet<SampleId>): readonly Picture[] {
    const hidden = this.session.pictureEdits.hidden.peek();
    return (this.session.pictures.all.peek() ?? []).filter(({ sample }) => samples.has(sample) && !hidden.has(sample));
  }

  #number(value: number): string {
    return new Intl.NumberFormat(this.locale.language).format(value);
  }

  readonly #load = (sample: SampleId) => this.session.pictures.jpeg(sample);

  readonly #pick = ({ sample, pick }: PickEvent): void => {
    if (pick === 'open') this.looked = this.selection.samples.size > 0 ? this.selection.samples : new Set([sample]);
    else if (pick === 'toggle') this.selection = toggled(this.selection, sample);
    else this.selection = extended(this.selection, sample, this.#shown);
  };

  #delete(pictures: readonly Picture[]): void {
    if (pictures.length > 0) void this.session.pictureEdits.delete(pictures);
    this.#finish();
  }

  /** What was selected or looked at is done with. */
  #finish(): void {
    this.looked = new Set();
    this.selection = nothingSelected;
  }

  readonly #act = ({ action, files }: PicturesActionEvent): void => {
    this.#do(action, files);
  };

  #do(action: PicturesAction, files: readonly File[] = []): void {
    const { pictures, pictureEdits, outbox } = this.session;
    switch (action) {
      case 'delete':
        this.#delete(this.#of(this.looked));
        break;
      case 'close':
        this.looked = new Set();
        break;
      case 'undo':
        void pictureEdits.undo();
        break;
      case 'dismiss':
        void pictureEdits.conclude();
        break;
      case 'import-folder':
      case 'import-zip':
        this.#transfer.import(files, action === 'import-zip', outbox);
        break;
      case 'export':
        this.#transfer.export(this.#shown, pictures);
        break;
      case 'stop':
        this.#transfer.stop();
        break;
      default:
        action satisfies never;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-pictures': OcchioPictures;
  }
}
