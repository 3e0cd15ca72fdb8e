/** The second tap: what does the frozen picture show? */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { ChangeEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import '../../elements/occhio-naming.ts';
import type { OcchioNaming } from '../../elements/occhio-naming.ts';
import type { Answer } from '../../recognition/api.ts';
import { CameraActionEvent } from './events.ts';

@customElement('occhio-sheet')
export class OcchioSheet extends OcchioElement {
  @property({ attribute: false }) answers: readonly Answer[] = [];
  /** Labels that people gave here. */
  @property({ attribute: false }) ownLabels: readonly string[] = [];
  @property({ type: Boolean }) burst = false;
  /** Where the answer is given, for the keyboard. */
  @query('occhio-naming') readonly naming!: OcchioNaming; // in every rendering

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--target);
      }
      input {
        display: grid;
        place-items: center;
        width: 24px;
        height: 24px;
        margin: 0;
        border: 2px solid var(--ink-soft);
        border-radius: 7px;
        appearance: none;
        cursor: pointer;
      }
      input:checked {
        border-color: var(--iris);
        background: var(--iris);
      }
      input:checked::before {
        content: '';
        width: 6px;
        height: 11px;
        margin-block-end: 3px;
        border: solid var(--on-iris);
        border-width: 0 2.5px 2.5px 0;
        transform: rotate(45deg);
      }
      @media (forced-colors: active) {
        input {
          appearance: auto;
        }
        input:checked::before {
          content: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages } = this.locale;
    return html`<header>
        <h2>${messages.whatIsIt}</h2>
        <button
          class="quiet"
          @click=${() => {
            this.dispatchEvent(new CameraActionEvent('resume'));
          }}
        >
          ${messages.cancel}
        </button>
      </header>
      <occhio-naming keyed .answers=${this.answers} .ownLabels=${this.ownLabels} .burst=${this.burst}>
        <label title=${messages.burstHint}
          ><input type="checkbox" .checked=${this.burst} @change=${this.#toggleBurst} />${messages.burst}</label
        >
      </occhio-naming>`;
  }

  readonly #toggleBurst = (event: Event): void => {
    // The listener stands on the checkbox itself.
    this.dispatchEvent(new ChangeEvent({ key: 'burst', value: (event.target as HTMLInputElement).checked }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-sheet': OcchioSheet;
  }
}
