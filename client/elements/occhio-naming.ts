/** Says what a picture shows: the best answers, a search in both languages, a new name, or none of these. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Label } from '../../protocol/learning/labels.ts';
import { labelKey } from '../../protocol/learning/labels.ts';
import { labelsContext } from '../contexts.ts';
import { nameOf, percent } from '../i18n/messages.ts';
import { searchLabels } from '../labels/search-labels.ts';
import type { Answer } from '../recognition/api.ts';
import { SayEvent } from './events.ts';
import { OcchioElement } from './occhio-element.ts';

/** A label that can be chosen, and how likely it is where it is an answer. */
type Offered = { readonly key: string; readonly probability?: number };

const chipsShown = 3;
/** Where keys choose one: 1 to 9. */
const keyedShown = 9;
const matchesShown = 6;
/** A press this long asks for a burst. */
const holdMs = 400;

/** What is slotted stands beside "none of these". */
@customElement('occhio-naming')
export class OcchioNaming extends OcchioElement {
  @property({ attribute: false }) answers: readonly Answer[] = [];
  /** Labels that people gave here, so that the hub's model need not know them to be found. */
  @property({ attribute: false }) ownLabels: readonly string[] = [];
  /** Whether keys choose a chip. Where there is a keyboard, chips then show theirs, and labels that people gave follow. */
  @property({ type: Boolean, reflect: true }) keyed = false;
  /** Whether a tap asks for a burst, too. */
  @property({ type: Boolean }) burst = false;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];
  @state() private text = '';
  @query('input[type=search]') private readonly field!: HTMLInputElement; // in every rendering
  #held: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        min-width: 0;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .chips button {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        max-width: 100%;
        text-align: start;
        overflow-wrap: anywhere;
        user-select: none;
        -webkit-touch-callout: none;
      }
      .chips button.new {
        border-style: dashed;
        border-color: var(--iris);
        color: var(--iris);
      }
      .further,
      kbd {
        display: none;
      }
      kbd {
        min-width: 1.6em;
        margin-inline-start: calc(-1 * var(--space-1));
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface);
        color: var(--ink-soft);
        font: 600 var(--text-small) / 1.6 var(--font);
        text-align: center;
      }
      @media (min-width: 900px) and (pointer: fine) {
        :host([keyed]) kbd {
          display: inline-block;
        }
        :host([keyed]) .further {
          display: contents;
        }
      }
      small {
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      input[type='search'] {
        width: 100%;
        background: var(--surface);
        font-weight: 450;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-3);
      }
    `,
  ];

  /** For the keyboard: the nth chip that is shown, from 0. */
  sayChip(index: number): void {
    const chip = this.renderRoot.querySelectorAll<HTMLElement>('#answers button')[index];
    if (chip?.checkVisibility()) chip.click();
  }

  sayNone(): void {
    this.#say(null, this.burst);
  }

  focusSearch(): void {
    this.field.focus();
  }

  override render(): TemplateResult {
    const { messages } = this.locale;
    const best = this.answers.slice(0, chipsShown);
    const further = this.#further;
    return html`${
        best.length > 0 && !this.text
          ? html`<div class="chips" id="answers">
              ${best.map((answer, i) => this.#chip(answer, this.keyed ? i + 1 : undefined))}
              ${further.length > 0 ? html`<span class="further">${further.map((one, i) => this.#chip(one, chipsShown + i + 1))}</span>` : nothing}
            </div>`
          : nothing
      }
      <form @submit=${this.#submit}>
        <input
          type="search"
          aria-label=${messages.search}
          placeholder=${messages.search}
          autocomplete="off"
          maxlength="60"
          .value=${this.text}
          @input=${this.#type}
        />
      </form>
      ${this.text ? html`<div class="chips" id="matches">${this.#matches()}</div>` : nothing}
      <footer>
        <button
          id="none"
          @click=${() => {
            this.sayNone();
          }}
        >
          ${messages.noneOfThese}
        </button>
        <slot></slot>
      </footer>`;
  }

  /** What the further keys choose: less likely answers, then labels that people gave. */
  get #further(): readonly Offered[] {
    if (!this.keyed) return [];
    const answered = new Set(this.answers.map(({ key }) => key));
    const own = this.ownLabels.filter((key) => !answered.has(key)).map((key) => ({ key }));
    return [...this.answers, ...own].slice(chipsShown, keyedShown);
  }

  #chip({ key, probability }: Offered, digit?: number) {
    const { language } = this.locale;
    return html`<button
      data-key=${key}
      aria-keyshortcuts=${digit ?? nothing}
      @pointerdown=${() => {
        this.#press(key);
      }}
      @pointerup=${this.#release}
      @pointerleave=${this.#release}
      @contextmenu=${(event: Event) => {
        event.preventDefault();
      }}
      @click=${() => {
        this.#say(key, this.burst);
      }}
    >
      ${digit === undefined ? nothing : html`<kbd aria-hidden="true">${digit}</kbd>`}
      ${nameOf(this.labels, key, language)}
      ${probability === undefined ? nothing : html`<small>${percent(probability, language)}</small>`}
    </button>`;
  }

  #matches() {
    const found = searchLabels(this.labels, this.ownLabels, this.text).slice(0, matchesShown);
    const key = labelKey(this.text);
    const isNew = key !== undefined && !found.includes(key);
    return html`${found.map((key) => this.#chip({ key }))}
    ${
      isNew
        ? html`<button
            class="new"
            data-key=${key}
            @click=${() => {
              this.#say(key, this.burst);
            }}
          >
            ${this.locale.messages.newClass(this.text.trim())}
          </button>`
        : nothing
    }`;
  }

  #press(key: string): void {
    this.#held = setTimeout(() => {
      this.#held = undefined;
      this.#say(key, true);
    }, holdMs);
  }

  readonly #release = (): void => {
    clearTimeout(this.#held);
  };

  #say(label: string | null, burst: boolean): void {
    clearTimeout(this.#held);
    this.text = '';
    this.dispatchEvent(new SayEvent(label, burst));
  }

  readonly #type = (): void => {
    this.text = this.field.value;
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const [best] = searchLabels(this.labels, this.ownLabels, this.text);
    const typed = labelKey(this.text);
    const exact = typed !== undefined && nameIsExactly(this.labels, best, typed) ? best : typed;
    if (exact !== undefined) this.#say(exact, this.burst);
  };
}

/** Whether the typed text is one of the label's names, so that Enter means that label and not a new one. */
function nameIsExactly(labels: readonly Label[], key: string | undefined, typed: string): boolean {
  const names = labels.find((label) => label.key === key)?.names;
  return names !== undefined && [names.en, names.it].some((name) => labelKey(name) === typed);
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-naming': OcchioNaming;
  }
}
