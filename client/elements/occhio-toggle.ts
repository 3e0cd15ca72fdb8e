/** A setting that is on or off, in a line of its own: words at the start, the switch at the end. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Switched } from './events.ts';
import { ChangeEvent } from './events.ts';
import { OcchioElement } from './occhio-element.ts';

@customElement('occhio-toggle')
export class OcchioToggle extends OcchioElement {
  @property() setting!: Switched; // set by every user
  @property() text = '';
  @property({ type: Boolean }) on = false;

  static override styles = [
    OcchioElement.styles,
    css`
      label {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-4);
        min-height: var(--target);
        cursor: pointer;
      }
      input {
        position: relative;
        flex: none;
        width: 52px;
        height: 32px;
        margin: 0;
        border: 2px solid var(--ink-soft);
        border-radius: 999px;
        appearance: none;
        cursor: pointer;
        transition: background var(--motion, 0.15s);
      }
      input::before {
        content: '';
        position: absolute;
        inset: 5px auto 5px 5px;
        width: 18px;
        border-radius: 50%;
        background: var(--ink-soft);
        transition: translate var(--motion, 0.15s);
      }
      input:checked {
        border-color: var(--iris);
        background: var(--iris);
      }
      input:checked::before {
        background: var(--on-iris);
        translate: 20px;
      }
      @media (forced-colors: active) {
        input {
          width: 24px;
          height: 24px;
          appearance: auto;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<label
      >${this.text}<input type="checkbox" id=${this.setting} .checked=${this.on} @change=${this.#change}
    /></label>`;
  }

  readonly #change = (event: Event): void => {
    // The listener stands on the checkbox itself.
    this.dispatchEvent(new ChangeEvent({ key: this.setting, value: (event.target as HTMLInputElement).checked }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-toggle': OcchioToggle;
  }
}
