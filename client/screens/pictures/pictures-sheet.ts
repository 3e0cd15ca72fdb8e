/** One picture with all that is known of it, or several; and the ways to say what they show, or to delete them. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DeviceId } from '../../../protocol/ids.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import { labelsContext } from '../../contexts.ts';
import { SayEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import '../../elements/occhio-naming.ts';
import type { OcchioNaming } from '../../elements/occhio-naming.ts';
import { nameOf, percent } from '../../i18n/messages.ts';
import type { Picture } from '../../pictures/picture.ts';
import { PicturesActionEvent } from './events.ts';
import './picture-view.ts';
import type { LoadJpeg } from './picture-url-controller.ts';
import { shownName, stateText } from './picture-words.ts';
import type { PicturesWords } from './words.ts';
import { picturesWords } from './words.ts';

/** Pictures that stand for a larger selection. */
const mostViews = 5;

@customElement('pictures-sheet')
export class PicturesSheet extends OcchioElement {
  /** At least one. */
  @property({ attribute: false }) pictures: readonly Picture[] = [];
  /** Labels that people gave here. */
  @property({ attribute: false }) ownLabels: readonly string[] = [];
  /** This very device. */
  device!: DeviceId; // set by the screen
  load!: LoadJpeg; // set by the screen
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];
  @query('dialog') private readonly dialog!: HTMLDialogElement; // in every rendering
  @query('occhio-naming') private readonly naming!: OcchioNaming; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      dialog {
        width: min(520px, calc(100vw - 2 * var(--space-3)));
        max-height: calc(100dvh - 2 * var(--space-3));
        padding: var(--space-4);
        overflow-y: auto;
      }
      .content {
        display: grid;
        gap: var(--space-4);
        min-width: 0;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      h2 {
        overflow-wrap: anywhere;
        hyphens: auto;
      }
      .one {
        display: grid;
        grid-template-columns: clamp(84px, 42%, 168px) minmax(0, 1fr);
        gap: var(--space-4);
      }
      .some {
        display: grid;
        grid-template-columns: repeat(${mostViews}, minmax(0, 1fr));
        gap: var(--space-2);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        overflow-wrap: anywhere;
        gap: var(--space-2);
        align-content: start;
        margin: 0;
        font-size: 0.875rem;
      }
      dt {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }
      dd {
        margin: 0;
      }
      .dispute {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-3);
        border: 1px solid var(--warn);
        border-radius: var(--radius);
      }
      .dispute div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      #delete {
        border-color: var(--warn);
        background: none;
        color: var(--warn);
      }
    `,
  ];

  override firstUpdated(): void {
    this.dialog.showModal();
    // Several were selected to be named. On a phone the keyboard would cover them.
    if (this.pictures.length > 1 && matchMedia('(pointer: fine)').matches)
      void this.naming.updateComplete.then(() => {
        this.naming.focusSearch();
      });
  }

  override render(): TemplateResult {
    const { messages, language } = this.locale;
    const words = picturesWords();
    const [first] = this.pictures;
    const single = this.pictures.length === 1 ? first : undefined;
    const title = single
      ? shownName(single.said, this.labels, this.locale, words)
      : words.whatAre(new Intl.NumberFormat(language).format(this.pictures.length));
    return html`<dialog aria-labelledby="title" @cancel=${this.#close}>
      <div class="content">
        <div class="head">
          <h2 id="title">${title}</h2>
          <button class="quiet" id="close" aria-label=${messages.close} @click=${this.#close}>✕</button>
        </div>
        ${single ? this.#one(single, words) : html`<div class="some">${this.#views(this.pictures.slice(0, mostViews))}</div>`}
        ${single?.dispute ? this.#dispute(single, words) : nothing}
        <occhio-naming
          .answers=${single?.prediction ? [{ key: single.prediction.label, probability: single.prediction.probability }] : []}
          .ownLabels=${this.ownLabels}
        >
          <button
            id="delete"
            @click=${() => {
              this.dispatchEvent(new PicturesActionEvent('delete'));
            }}
          >
            ${words.delete}
          </button>
        </occhio-naming>
      </div>
    </dialog>`;
  }

  #one(picture: Picture, words: PicturesWords) {
    const { language } = this.locale;
    const { prediction, capturedAtMs, said, state } = picture;
    const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    const facts = [
      [
        words.saw,
        prediction
          ? `${nameOf(this.labels, prediction.label, language)}, ${percent(prediction.probability, language)}`
          : words.sawNothing,
      ],
      [words.taken, when.format(capturedAtMs)],
      [words.by, this.#giver(picture, words)],
      ...(said ? [[words.namedBy, this.#giver(said, words)] as const] : []),
      [words.state, stateText(state, words)],
    ] as const;
    return html`<div class="one">
      ${this.#views([picture])}
      <dl>
        ${facts.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </div>`;
  }

  #giver({ device, deviceName }: Pick<Picture, 'device' | 'deviceName'>, words: PicturesWords): string {
    return device === this.device ? words.thisDevice : (deviceName ?? words.imported);
  }

  #views(pictures: readonly Picture[]) {
    return repeat(
      pictures,
      ({ sample }) => sample,
      (picture) => html`<picture-view .picture=${picture} .load=${this.load}></picture-view>`,
    );
  }

  /** Either word, said once more, settles it. */
  #dispute({ said, dispute }: Picture, words: PicturesWords) {
    const name = (one: Picture['dispute']): string => shownName(one, this.labels, this.locale, words);
    return html`<div class="dispute">
      <p>${words.somebodySaid(name(dispute))}</p>
      <div>
        ${[said, dispute].map(
          (one) =>
            html`<button
              data-label=${one?.label ?? ''}
              @click=${() => {
                this.dispatchEvent(new SayEvent(one?.label ?? null, false));
              }}
            >
              ${words.isIt(name(one))}
            </button>`,
        )}
      </div>
    </div>`;
  }

  readonly #close = (): void => {
    this.dispatchEvent(new PicturesActionEvent('close'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pictures-sheet': PicturesSheet;
  }
}
