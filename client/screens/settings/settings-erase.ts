/** Asks before everything on this device is deleted, and says what would be lost. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { EraseEvent } from './events.ts';
import { wordsOf } from './words/words.ts';

@customElement('settings-erase')
export class SettingsErase extends OcchioElement {
  /** Pictures that are on this device alone. */
  @property({ type: Number }) unsent = 0;
  @query('dialog') private readonly dialog!: HTMLDialogElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      p {
        margin-block-start: var(--space-3);
      }
      #unsent {
        font-weight: 600;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
        margin-block-start: var(--space-6);
      }
      button {
        flex: 1 1 auto;
      }
      #erase {
        border-color: var(--warn);
        background: none;
        color: var(--warn);
      }
    `,
  ];

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { messages, language } = this.locale;
    const words = wordsOf[language];
    return html`<dialog aria-labelledby="title" @cancel=${this.#refuse}>
      <h2 id="title">${words.eraseTitle}</h2>
      <p id="unsent">${this.unsent > 0 ? words.eraseUnsent(this.unsent) : words.eraseNothing}</p>
      <p>${words.eraseAgain}</p>
      <footer>
        <button id="cancel" autofocus @click=${this.#refuse}>${messages.cancel}</button>
        <button id="erase" @click=${this.#agree}>${words.eraseYes}</button>
      </footer>
    </dialog>`;
  }

  readonly #agree = (): void => {
    this.dispatchEvent(new EraseEvent(true));
  };

  readonly #refuse = (): void => {
    this.dispatchEvent(new EraseEvent(false));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-erase': SettingsErase;
  }
}
