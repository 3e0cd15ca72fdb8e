/** "Model": what it has learned, whether that was for the better, whether it is enough, and the way back. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { SampleId } from '../../../protocol/ids.ts';
import { CellController } from '../../controllers/cell-controller.ts';
import { ScreenElement } from '../../elements/screen-element.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { Session } from '../../session.ts';
import type { KeptHistory } from '../../storage/settings.ts';
import { enoughOf } from './enough.ts';
import type { PinEvent } from './events.ts';
import './model-classes.ts';
import './model-confusions.ts';
import './model-enough.ts';
import './model-export.ts';
import './model-training.ts';
import './model-versions.ts';
import { modelWords } from './words.ts';

/** Before they were read. */
const noPictures: readonly Picture[] = [];

@customElement('occhio-model')
export class OcchioModel extends ScreenElement {
  /** Set once, before the element is put on the page. */
  session!: Pick<Session, 'versions' | 'hub' | 'link' | 'models' | 'pictures'>;
  #unwatch: () => void = () => undefined;

  static override styles = [
    ScreenElement.styles,
    css`
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-8);
        padding-block: var(--space-6) var(--space-8);
      }
      @media (min-width: 900px) {
        main {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        main > :not(model-versions, model-training) {
          grid-column: 1 / -1;
        }
      }
      @media (min-width: 1280px) {
        main {
          grid-template-columns: repeat(12, minmax(0, 1fr));
        }
        main > :is(model-versions, model-training) {
          grid-column: span 6;
        }
        main > model-classes:not(:last-child) {
          grid-column: span 8;
        }
        main > model-confusions {
          grid-column: span 4;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    const { versions, hub, link, models, pictures } = this.session;
    if (!this.hasUpdated)
      new CellController(this, [versions.known, versions.wish, hub.news, link.isOpen, models.state, pictures.all]);
    super.connectedCallback();
    versions.ask();
    this.#unwatch = pictures.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch();
  }

  override render(): TemplateResult {
    const { versions, hub, link, models } = this.session;
    const live = models.state.peek();
    const words = modelWords();
    const known = versions.known.peek();
    const linked = link.isOpen.peek();
    const history = known?.history ?? null;
    const figures = history?.figures ?? null;
    const pictures = this.session.pictures.all.peek() ?? noPictures;
    return html`<header class="top">
        <h1 tabindex="-1">${words.title}</h1>
        <p class="soft">${known ? this.#asOf(known, linked) : nothing}</p>
      </header>
      <main>
        ${history ? html`<model-enough .enough=${enoughOf(figures)}></model-enough>` : html`<p>${words.neverTold}</p>`}
        ${
          history
            ? html`<model-versions
                .history=${history}
                .wish=${versions.wish.peek()}
                ?linked=${linked}
                .pictures=${pictures}
                .load=${this.#load}
                @model-pin=${({ version }: PinEvent) => {
                  versions.pin(version);
                }}
              ></model-versions>`
            : nothing
        }
        <model-training .news=${hub.news.peek()} .history=${history}></model-training>
        ${history ? html`<model-classes .figures=${figures} .pictures=${pictures}></model-classes>` : nothing}
        ${figures ? html`<model-confusions .figures=${figures} .pictures=${pictures}></model-confusions>` : nothing}
        <model-export .held=${live.kind === 'live' ? live.held : null} ?linked=${linked}></model-export>
      </main>`;
  }

  readonly #load = (sample: SampleId) => this.session.pictures.jpeg(sample);

  #asOf({ toldAtMs }: KeptHistory, linked: boolean): string {
    const words = modelWords();
    const when = new Intl.DateTimeFormat(this.locale.language, { dateStyle: 'medium', timeStyle: 'short' });
    return (linked ? words.asOf : words.asOfOffline)(when.format(toldAtMs));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-model': OcchioModel;
  }
}
