/** Asks before something is gone for good, and says what would be lost. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { AnswerEvent } from './events.ts';
import type { QuestionTexts } from './question.ts';

@customElement('settings-ask')
export class SettingsAsk extends OcchioElement {
  @property({ attribute: false }) texts!: QuestionTexts; // set by every user
  @query('dialog') private readonly dialog!: HTMLDialogElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      h2 {
        overflow-wrap: anywhere;
      }
      p {
        margin-block-start: var(--space-3);
      }
      #lost {
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
      #yes {
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
    const { title, lost, then, yes } = this.texts;
    return html`<dialog aria-labelledby="title" @cancel=${this.#refuse}>
      <h2 id="title">${title}</h2>
      <p id="lost">${lost}</p>
      <p>${then}</p>
      <footer>
        <button id="cancel" autofocus @click=${this.#refuse}>${this.locale.messages.cancel}</button>
        <button id="yes" @click=${this.#agree}>${yes}</button>
      </footer>
    </dialog>`;
  }

  readonly #agree = (): void => {
    this.dispatchEvent(new AnswerEvent(true));
  };

  readonly #refuse = (): void => {
    this.dispatchEvent(new AnswerEvent(false));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-ask': SettingsAsk;
  }
}
