/** After the first success: the app can be installed, by the browser or, on an iPhone, by hand. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Offer } from '../../install-offer.ts';
import { CameraActionEvent } from './events.ts';

@customElement('occhio-install')
export class OcchioInstall extends OcchioElement {
  @property() offer: Offer = 'none';

  static override styles = [
    OcchioElement.styles,
    css`
      section {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-2);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { offer } = this;
    if (offer === 'none') return nothing;
    const { messages } = this.locale;
    return html`<section aria-label=${messages.installTitle} data-offer=${offer}>
      <h2>${messages.installTitle}</h2>
      <p>${messages.installText}</p>
      ${offer === 'by-hand' ? html`<p>${messages.installByHand}</p>` : nothing}
      <footer>
        ${this.#button('not-install', messages.notNow)}
        ${offer === 'by-browser' ? this.#button('install', messages.install) : nothing}
      </footer>
    </section>`;
  }

  #button(action: 'install' | 'not-install', text: string): TemplateResult {
    return html`<button
      id=${action}
      class=${action === 'install' ? 'primary' : nothing}
      @click=${() => {
        this.dispatchEvent(new CameraActionEvent(action));
      }}
    >
      ${text}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-install': OcchioInstall;
  }
}
