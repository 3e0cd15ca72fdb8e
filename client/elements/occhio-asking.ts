/** How often the camera may ask about a picture: the choice, and what it means in figures. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AskingLevel } from '../../protocol/learning/hardness/asking.ts';
import { askingLevels, askingRates } from '../../protocol/learning/hardness/asking.ts';
import { ChangeEvent } from './events.ts';
import { OcchioElement } from './occhio-element.ts';

@customElement('occhio-asking')
export class OcchioAsking extends OcchioElement {
  @property() level: AskingLevel = 'normal';

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-1);
      }
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages } = this.locale;
    const { minute, hour, day } = askingRates[this.level];
    return html`<label
        >${messages.asking}
        <select id="asking" aria-describedby="means" @change=${this.#change}>
          ${askingLevels.map(
            (level) =>
              html`<option value=${level} ?selected=${level === this.level}>${messages.askingLevels[level]}</option>`,
          )}
        </select>
      </label>
      <p id="means" class="soft">
        ${this.level === 'never' ? messages.askingNone : messages.askingAtMost(minute, hour, day)}
      </p>`;
  }

  readonly #change = (event: Event): void => {
    // The options are the levels.
    const value = (event.target as HTMLSelectElement).value as AskingLevel;
    this.dispatchEvent(new ChangeEvent({ key: 'asking', value }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-asking': OcchioAsking;
  }
}
