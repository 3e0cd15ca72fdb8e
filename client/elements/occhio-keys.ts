/** The keys and what they do. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import './key-list.ts';
import { OcchioElement } from './occhio-element.ts';

@customElement('occhio-keys')
export class OcchioKeys extends OcchioElement {
  @query('dialog') private readonly dialog!: HTMLDialogElement; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      key-list {
        margin-block-start: var(--space-4);
      }
    `,
  ];

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { messages } = this.locale;
    const close = (): void => {
      this.act('close');
    };
    return html`<dialog aria-labelledby="title" @cancel=${close}>
      <div class="head">
        <h2 id="title">${messages.help}</h2>
        <button class="quiet" aria-label=${messages.close} @click=${close}>✕</button>
      </div>
      <key-list></key-list>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-keys': OcchioKeys;
  }
}
