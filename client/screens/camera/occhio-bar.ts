/** What stands above the picture: how corrections get on, the keys, and another picture. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icons } from '../../elements/icons.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Progress } from '../../progress/progress.ts';
import { CameraActionEvent } from './events.ts';
import './occhio-pill.ts';

@customElement('occhio-bar')
export class OcchioBar extends OcchioElement {
  @property({ attribute: false }) progress: Progress = { kind: 'no-model' };
  @property({ type: Boolean }) hasPicture = false;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: calc(env(safe-area-inset-top) + var(--space-3)) var(--space-3) var(--space-3);
        pointer-events: none;
      }
      occhio-pill {
        margin-inline-end: auto;
        pointer-events: auto;
      }
      button {
        display: inline-grid;
        place-items: center;
        padding: 0 var(--space-2);
        border-color: transparent;
        border-radius: 999px;
        background: var(--veil);
        pointer-events: auto;
      }
      .keys {
        display: none;
      }
      @media (min-width: 900px) {
        .keys {
          display: inline-grid;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages } = this.locale;
    return html`<occhio-pill .progress=${this.progress}></occhio-pill>
      <button
        class="keys"
        aria-label=${messages.help}
        title=${messages.help}
        @click=${() => {
          this.act('open-keys');
        }}
      >
        ${icons.keys}
      </button>
      ${
        this.hasPicture
          ? html`<button
              class="source"
              aria-label=${messages.otherPicture}
              title=${messages.otherPicture}
              @click=${() => {
                this.dispatchEvent(new CameraActionEvent('other-picture'));
              }}
            >
              ${icons.source}
            </button>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-bar': OcchioBar;
  }
}
