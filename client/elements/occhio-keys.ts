/** The keys and what they do. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
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
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-2) var(--space-4);
        margin: var(--space-4) 0 0;
      }
      dd {
        margin: 0;
      }
      kbd {
        padding: 2px var(--space-2);
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--raised);
        font: 600 var(--text-small) var(--font);
      }
    `,
  ];

  override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { messages } = this.locale;
    const keys = [
      ['Space', messages.keyFreeze],
      ['Enter', messages.keyAccept],
      ['1–3', messages.keyClass],
      ['N', messages.keyNew],
      ['X', messages.keyNone],
      ['B', messages.keyBurst],
      ['U', messages.keyUndo],
      ['F', messages.flip],
      ['T', messages.torch],
      ['M', messages.mirror],
      ['E', messages.explain],
      ['?', messages.keyHelp],
    ] as const;
    const close = (): void => {
      this.act('close');
    };
    return html`<dialog aria-labelledby="title" @cancel=${close}>
      <div class="head">
        <h2 id="title">${messages.help}</h2>
        <button class="quiet" aria-label=${messages.close} @click=${close}>✕</button>
      </div>
      <dl>
        ${keys.map(
          ([key, meaning]) =>
            html`<dt><kbd>${key}</kbd></dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-keys': OcchioKeys;
  }
}
