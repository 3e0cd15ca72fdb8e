/** Which of the pictures are shown: by class first, the rest one tap away. */
import { consume } from '@lit/context';
import type { PropertyValues, TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DeviceId } from '../../../protocol/ids.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import { labelsContext } from '../../contexts.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { nameOf } from '../../i18n/messages.ts';
import type { Choices, LabelChoice, PictureFilter } from '../../pictures/picture-filter.ts';
import { ages, everything, isEverything, states, sureness } from '../../pictures/picture-filter.ts';
import { FilterEvent } from './events.ts';
import type { PicturesWords } from './words.ts';
import { picturesWords } from './words.ts';

/** Of these one sees nothing before "More" is tapped. */
const others = ['state', 'seen', 'device', 'age', 'sure'] as const;

@customElement('pictures-filters')
export class PicturesFilters extends OcchioElement {
  @property({ attribute: false }) filter!: PictureFilter; // set by the screen
  @property({ attribute: false }) choices!: Choices; // set by the screen
  /** Of this very device. */
  @property({ attribute: false }) device!: DeviceId; // set by the screen
  @state() private open = false;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
        min-width: 0;
      }
      .row,
      .more {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      select {
        flex: 1 1 140px;
        min-width: 0;
        max-width: 260px;
        padding-inline-start: var(--space-3);
        background-color: var(--surface);
        font-weight: 500;
      }
      button[aria-pressed='true'] {
        border-color: transparent;
        background: var(--iris);
        color: var(--on-iris);
      }
      #more {
        padding-inline: 0;
        color: var(--ink-soft);
        font-weight: 400;
      }
      #more::after {
        content: '';
        display: inline-block;
        width: 7px;
        height: 7px;
        margin-inline: var(--space-3) var(--space-1);
        border: solid currentColor;
        border-width: 0 2px 2px 0;
        transform: translateY(-4px) rotate(45deg);
      }
      #more[aria-expanded='true']::after {
        transform: rotate(225deg);
      }
      /* What is said in few words stands in the first row. */
      @media (max-width: 479px) {
        #disputed,
        #show-all {
          order: 1;
        }
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A link may have chosen: one sees what leaves pictures out.
    if (changed.has('filter') && others.some((key) => this.filter[key] !== 'any')) this.open = true;
  }

  override render(): TemplateResult {
    const { filter, choices } = this;
    const words = picturesWords();
    return html`<div class="row">
        ${this.#select('label', words.label, [
          ['any', words.anyLabel],
          ...choices.labels.map(
            ([label, count]) => [label, `${this.#labelName(label, words)} (${this.#number(count)})`] as const,
          ),
        ])}
        ${
          choices.disputed > 0 || filter.disputed
            ? html`<button
                id="disputed"
                aria-pressed=${filter.disputed}
                @click=${() => {
                  this.#change({ disputed: !filter.disputed });
                }}
              >
                ${words.disputed(this.#number(choices.disputed))}
              </button>`
            : nothing
        }
        <button
          class="quiet"
          id="more"
          aria-expanded=${this.open}
          @click=${() => {
            this.open = !this.open;
          }}
        >
          ${words.moreFilters}
        </button>
        ${isEverything(filter) ? nothing : html`<button id="show-all" @click=${this.#showAll}>${words.showAll}</button>`}
      </div>
      ${this.open ? html`<div class="more">${this.#others(words)}</div>` : nothing}`;
  }

  #others(words: PicturesWords) {
    const stateNames = {
      any: words.anyState,
      here: words.here,
      sent: words.sent,
      learned: words.learned,
      'held-out': words.heldOut,
      refused: words.refused,
    };
    const ageNames = { any: words.anyAge, day: words.day, week: words.week, month: words.month, older: words.older };
    const sureNames = { any: words.anySure, sure: words.isSure, unsure: words.isUnsure };
    return html`${this.#select(
      'state',
      words.state,
      states.map((state) => [state, stateNames[state]]),
    )}
    ${this.#select('seen', words.saw, [
      ['any', words.anySaw],
      ...this.choices.seen.map(
        ([seen, count]) => [seen, words.sawThis(this.#labelName(seen, words), this.#number(count))] as const,
      ),
    ])}
    ${this.#select('device', words.device, [
      ['any', words.anyDevice],
      ...this.choices.devices.map(
        ({ device, name, count }) =>
          [device, `${this.#deviceName(device, name, count, words)} (${this.#number(count)})`] as const,
      ),
    ])}
    ${this.#select(
      'age',
      words.age,
      ages.map((age) => [age, ageNames[age]]),
    )}
    ${this.#select(
      'sure',
      words.sure,
      sureness.map((sure) => [sure, sureNames[sure]]),
    )}`;
  }

  #select<Key extends Exclude<keyof PictureFilter, 'disputed' | 'only'>>(
    key: Key,
    name: string,
    options: readonly (readonly [PictureFilter[Key], string])[],
  ) {
    return html`<select
      id=${key}
      aria-label=${name}
      .value=${this.filter[key]}
      @change=${(event: Event) => {
        // The options are the ones given here.
        this.#change({ [key]: (event.target as HTMLSelectElement).value });
      }}
    >
      ${options.map(
        ([value, text]) => html`<option value=${value} ?selected=${value === this.filter[key]}>${text}</option>`,
      )}
    </select>`;
  }

  #labelName(label: Exclude<LabelChoice, 'any'>, words: PicturesWords): string {
    const { messages, language } = this.locale;
    if (label === 'unlabelled') return words.unlabelled;
    return label === 'none' ? messages.noneOfThese : nameOf(this.labels, label.slice(1), language);
  }

  #deviceName(device: DeviceId, name: string | null, count: number, words: PicturesWords): string {
    if (device === this.device) return words.thisDevice;
    // Only pictures tell what a device is called.
    return count === 0 ? words.withoutPictures : (name ?? words.imported);
  }

  #number(value: number): string {
    return new Intl.NumberFormat(this.locale.language).format(value);
  }

  readonly #showAll = (): void => {
    this.#change(everything);
    // The button goes; who came to it with the keyboard stays among the filters.
    this.renderRoot.querySelector<HTMLElement>('#label')?.focus();
  };

  #change(change: Partial<PictureFilter>): void {
    this.dispatchEvent(new FilterEvent({ ...this.filter, ...change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pictures-filters': PicturesFilters;
  }
}
