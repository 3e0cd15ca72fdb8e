/** One picture of the grid: what it shows, when it was taken, and where it has got to. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SampleId } from '../../../protocol/ids.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import { labelsContext } from '../../contexts.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Language } from '../../i18n/messages.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { LoadJpeg } from './picture-url-controller.ts';
import { PictureUrlController } from './picture-url-controller.ts';
import { shownName, stateName } from './picture-words.ts';
import { stateIcons } from './state-icons.ts';
import { picturesWords } from './words.ts';

/** Made once: there are many tiles, and it takes as long as a tile does. */
const whenIn = { en: whenFormat('en'), it: whenFormat('it') } as const;

@customElement('picture-tile')
export class PictureTile extends OcchioElement {
  @property({ attribute: false }) picture!: Picture; // set by the grid
  @property({ type: Boolean, reflect: true }) selected = false;
  /** Set once. */
  load!: LoadJpeg;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];
  readonly #url = new PictureUrlController(this);

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        position: relative;
        display: block;
        min-width: 0;
        border-radius: var(--radius);
        cursor: pointer;
        touch-action: manipulation;
      }
      :host(:focus-visible) {
        outline: 3px solid var(--iris);
        outline-offset: 2px;
      }
      .frame {
        display: block;
        overflow: hidden;
        aspect-ratio: 1;
        border-radius: var(--radius);
        background: var(--raised);
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .state {
        position: absolute;
        inset: 6px 6px auto auto;
        display: grid;
        place-items: center;
        width: 24px;
        height: 24px;
        border-radius: 50%;
        background: var(--veil);
        color: var(--ink);
      }
      .state.here {
        color: var(--iris);
      }
      .state.learned {
        color: var(--leaf);
      }
      .state.refused {
        color: var(--warn);
      }
      .disputed {
        position: absolute;
        inset: 6px auto auto 6px;
        padding: 0 7px;
        border-radius: 999px;
        background: var(--warn);
        color: var(--ground);
        font: 700 0.75rem / 24px var(--font);
      }
      .mark {
        position: absolute;
        inset: 0 0 auto;
        aspect-ratio: 1;
        border: 4px solid var(--iris);
        border-radius: var(--radius);
      }
      .mark::after {
        content: '✓';
        position: absolute;
        inset: auto 6px 6px auto;
        width: 26px;
        height: 26px;
        border-radius: 50%;
        background: var(--iris);
        color: var(--on-iris);
        font: 700 0.9375rem / 26px var(--font);
        text-align: center;
      }
      p {
        overflow: hidden;
        padding-inline: 2px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name {
        margin-block-start: var(--space-1);
        font-weight: 620;
        font-size: 0.875rem;
      }
      .unsaid {
        color: var(--ink-soft);
        font-weight: 500;
      }
      .when {
        color: var(--ink-soft);
        font-size: 0.75rem;
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  /** For the one who fetches the picture. */
  get sample(): SampleId {
    return this.picture.sample;
  }

  override render(): TemplateResult {
    const { said, state, dispute, capturedAtMs } = this.picture;
    const { language } = this.locale;
    const words = picturesWords();
    const name = shownName(said, this.labels, this.locale, words);
    return html`<span class="frame"
        >${this.#url.url === null ? nothing : html`<img src=${this.#url.url} alt="" />`}</span
      >
      ${this.selected ? html`<span class="mark"></span>` : nothing}
      ${dispute ? html`<span class="disputed" aria-hidden="true">?</span>` : nothing}
      <span class="state ${state.kind}">${stateIcons[state.kind]}</span>
      <p class="name ${said ? '' : 'unsaid'}">${name}</p>
      <p class="when">${whenIn[language].format(capturedAtMs)}</p>
      <span class="unseen"
        >${stateName(state, words)}${dispute ? html`, ${words.somebodySaid(shownName(dispute, this.labels, this.locale, words))}` : nothing}</span
      >`;
  }
}

function whenFormat(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-tile': PictureTile;
  }
}
