/** Asked once, after the first correction: may pictures and corrections go to the owner's hub? */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { ChangeEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';

@customElement('occhio-consent')
export class OcchioConsent extends OcchioElement {
  @query('dialog') private readonly dialog!: HTMLDialogElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      p {
        margin: var(--space-3) 0 var(--space-6);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
      }
      button {
        flex: 1 1 auto;
      }
    `,
  ];

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { messages } = this.locale;
    return html`<dialog aria-labelledby="title" @cancel=${this.#refuse}>
      <h2 id="title">${messages.consentTitle}</h2>
      <p>${messages.consentBody}</p>
      <footer>
        <button id="no" @click=${this.#refuse}>${messages.consentNo}</button>
        <button id="yes" class="primary" @click=${this.#agree}>${messages.consentYes}</button>
      </footer>
    </dialog>`;
  }

  readonly #agree = (): void => {
    this.dispatchEvent(new ChangeEvent({ key: 'consent', value: true }));
  };

  readonly #refuse = (): void => {
    this.dispatchEvent(new ChangeEvent({ key: 'consent', value: false }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-consent': OcchioConsent;
  }
}
