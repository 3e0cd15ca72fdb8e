/** The pictures side by side, more of them as one scrolls; chosen by tap, with the shift key, or with the arrow keys. */
import type { PropertyValues, TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SampleId } from '../../../protocol/ids.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { Pick } from './events.ts';
import { PickEvent } from './events.ts';
import './picture-tile.ts';
import type { PictureTile } from './picture-tile.ts';
import type { LoadJpeg } from './picture-url-controller.ts';

/** Tiles that are added when the end comes near. */
const pageSize = 60;

@customElement('pictures-grid')
export class PicturesGrid extends OcchioElement {
  @property({ attribute: false }) pictures: readonly Picture[] = [];
  @property({ attribute: false }) selected: ReadonlySet<SampleId> = new Set();
  /** Whether a tap selects. */
  @property({ type: Boolean }) selecting = false;
  /** What screen readers call it. */
  @property() name = '';
  /** Set once. */
  load!: LoadJpeg;
  @state() private most = pageSize;
  /** The one that the Tab key leads to. */
  @state() private active: SampleId | undefined;
  @query('#end') private readonly end!: HTMLElement; // in every rendering
  readonly #observer = new IntersectionObserver(
    (changes) => {
      if (changes.at(-1)?.isIntersecting && this.most < this.pictures.length) this.most += pageSize;
    },
    { rootMargin: '600px' },
  );

  static override styles = [
    OcchioElement.styles,
    css`
      #grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
        gap: var(--space-4) var(--space-2);
      }
      @media (min-width: 900px) {
        #grid {
          grid-template-columns: repeat(auto-fill, minmax(136px, 1fr));
          gap: var(--space-4);
        }
      }
    `,
  ];

  /** The focus goes to the picture that was chosen last. */
  override focus(): void {
    this.renderRoot.querySelector<PictureTile>('picture-tile[tabindex="0"]')?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Looked at anew after each rendering: an end that stays in view says nothing by itself.
    this.#observer.disconnect();
    this.#observer.observe(this.end);
    if (changed.has('pictures') && this.pictures.length < pageSize) this.most = pageSize;
  }

  override render(): TemplateResult {
    const shown = this.pictures.slice(0, this.most);
    const active = shown.find(({ sample }) => sample === this.active) ?? shown[0];
    return html`<div
        id="grid"
        role="listbox"
        aria-multiselectable="true"
        aria-label=${this.name}
        @click=${this.#click}
        @keydown=${this.#press}
      >
        ${repeat(
          shown,
          ({ sample }) => sample,
          (picture) =>
            html`<picture-tile
              role="option"
              tabindex=${picture === active ? 0 : -1}
              aria-selected=${this.selected.has(picture.sample)}
              data-sample=${picture.sample}
              .picture=${picture}
              .load=${this.load}
              ?selected=${this.selected.has(picture.sample)}
            ></picture-tile>`,
        )}
      </div>
      <div id="end"></div>`;
  }

  readonly #click = (event: MouseEvent): void => {
    const tile = tileOf(event);
    if (!tile) return;
    const adds = this.selecting || event.ctrlKey || event.metaKey;
    this.#pick(tile, event.shiftKey ? 'extend' : adds ? 'toggle' : 'open');
  };

  readonly #press = (event: KeyboardEvent): void => {
    const tile = tileOf(event);
    if (!tile || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = this.#stepOf(event.key);
    if (step !== undefined) {
      const tiles = [...this.renderRoot.querySelectorAll('picture-tile')];
      const next = tiles[Math.min(Math.max(tiles.indexOf(tile) + step, 0), tiles.length - 1)];
      if (next) {
        this.active = next.sample;
        next.focus();
        if (event.shiftKey) this.#pick(next, 'extend');
      }
    } else if (event.key === ' ') this.#pick(tile, event.shiftKey ? 'extend' : 'toggle');
    else if (event.key === 'Enter') this.#pick(tile, 'open');
    else return;
    event.preventDefault();
  };

  /** How many tiles further a key leads; undefined when it leads nowhere. */
  #stepOf(key: string): number | undefined {
    const grid = this.renderRoot.querySelector('#grid');
    const columns = grid ? getComputedStyle(grid).gridTemplateColumns.split(' ').length : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -Infinity,
      End: Infinity,
    };
    return steps[key];
  }

  #pick(tile: PictureTile, pick: Pick): void {
    this.active = tile.sample;
    this.dispatchEvent(new PickEvent(tile.sample, pick));
  }
}

function tileOf(event: Event): PictureTile | undefined {
  // Only the grid makes these.
  return event.composedPath().find((one) => one instanceof HTMLElement && one.localName === 'picture-tile') as
    PictureTile | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'pictures-grid': PicturesGrid;
  }
}
