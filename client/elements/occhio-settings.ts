/** Settings and details: the hub, what is sent, what is used, the language, and the numbers behind the picture. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { LinkState } from '../link/link.ts';
import type { Language } from '../i18n/messages.ts';
import { languages } from '../i18n/messages.ts';
import type { Settings } from '../storage/settings.ts';
import { ChangeEvent } from './events.ts';
import { OcchioElement } from './occhio-element.ts';
import { linkText } from './words.ts';

@customElement('occhio-settings')
export class OcchioSettings extends OcchioElement {
  @property({ attribute: false }) settings!: Settings; // set by the app, always
  @property({ attribute: false }) link: LinkState = { kind: 'stopped' };
  /** Lines of the readout. */
  @property({ attribute: false }) details: readonly string[] = [];
  @query('dialog') private readonly dialog!: HTMLDialogElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      .head,
      label {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-4);
        min-height: var(--target);
      }
      label {
        padding-block: var(--space-2);
        border-top: 1px solid var(--line);
      }
      input {
        flex: none;
        width: 24px;
        height: 24px;
        accent-color: var(--iris);
      }
      #link {
        padding-block: var(--space-2) var(--space-4);
      }
      ul {
        margin: 0;
        padding: var(--space-4) 0 0;
        border-top: 1px solid var(--line);
        list-style: none;
        color: var(--ink-soft);
        font:
          var(--text-small) / 1.6 ui-monospace,
          'DejaVu Sans Mono',
          monospace;
      }
    `,
  ];

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { messages, language } = this.locale;
    return html`<dialog
      aria-labelledby="title"
      @cancel=${() => {
        this.act('close');
      }}
    >
      <div class="head">
        <h2 id="title">${messages.settings}</h2>
        <button
          class="quiet"
          aria-label=${messages.close}
          @click=${() => {
            this.act('close');
          }}
        >
          ✕
        </button>
      </div>
      <p id="link" data-state=${this.link.kind}>${linkText(this.link, messages)}</p>
      ${this.#toggle('consent', messages.sendToHub)} ${this.#toggle('adapted', messages.useAdapted)}
      <label
        >${messages.language}
        <select @change=${this.#changeLanguage}>
          ${Object.entries(languages).map(
            ([code, name]) => html`<option value=${code} ?selected=${code === language}>${name}</option>`,
          )}
        </select>
      </label>
      ${
        this.details.length > 0
          ? html`<ul aria-label=${messages.readout}>
              ${this.details.map((line) => html`<li>${line}</li>`)}
            </ul>`
          : nothing
      }
    </dialog>`;
  }

  #toggle(key: 'consent' | 'adapted', text: string) {
    return html`<label
      >${text}
      <input
        type="checkbox"
        id=${key}
        .checked=${this.settings[key] === true}
        @change=${(event: Event) => {
          // The listener stands on the checkbox itself.
          this.dispatchEvent(new ChangeEvent({ key, value: (event.target as HTMLInputElement).checked }));
        }}
      />
    </label>`;
  }

  readonly #changeLanguage = (event: Event): void => {
    // The options are the keys of `languages`.
    const value = (event.target as HTMLSelectElement).value as Language;
    this.dispatchEvent(new ChangeEvent({ key: 'language', value }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-settings': OcchioSettings;
  }
}
