/** After the first success: the app can be installed, by the browser or, on an iPhone, by hand. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Offer } from '../../install-offer.ts';
import { CameraActionEvent } from './events.ts';
import { besidePicture, newsStyles } from './news-styles.ts';

@customElement('occhio-install')
export class OcchioInstall extends OcchioElement {
  @property() offer: Offer = 'none';

  static override styles = [
    OcchioElement.styles,
    newsStyles,
    css`
      #install {
        justify-self: end;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { offer } = this;
    if (offer === 'none') return nothing;
    const { messages } = this.locale;
    return html`<section aria-label=${messages.installTitle} data-offer=${offer}>
      <details id="news" ?open=${matchMedia(besidePicture).matches}>
        <summary><h2>${messages.installTitle}</h2></summary>
        <div class="more">
          <p>${messages.installText}</p>
          ${
            offer === 'by-hand'
              ? html`<p>${messages.installByHand}</p>`
              : html`<button id="install" class="primary" @click=${this.#act('install')}>${messages.install}</button>`
          }
        </div>
      </details>
      <button
        id="not-install"
        class="quiet"
        aria-label=${messages.notNow}
        title=${messages.notNow}
        @click=${this.#act('not-install')}
      >
        ✕
      </button>
    </section>`;
  }

  #act(action: 'install' | 'not-install') {
    return () => {
      this.dispatchEvent(new CameraActionEvent(action));
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-install': OcchioInstall;
  }
}
