/** In the place of a screen whose code could not be had: the hub is out of reach and this device has not kept it. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ScreenElement } from './screen-element.ts';

@customElement('occhio-missing')
export class OcchioMissing extends ScreenElement {
  /** Of the screen that is missing. */
  @property() heading = '';

  static override styles = [
    ScreenElement.styles,
    css`
      main {
        padding-block: var(--space-6);
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages } = this.locale;
    return html`<header class="top"><h1 tabindex="-1">${this.heading}</h1></header>
      <main>
        <div class="empty">
          <p role="alert">${messages.screenMissing}</p>
          <button
            id="retry"
            class="primary"
            @click=${() => {
              this.act('retry-screen');
            }}
          >
            ${messages.tryAgain}
          </button>
        </div>
      </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-missing': OcchioMissing;
  }
}
