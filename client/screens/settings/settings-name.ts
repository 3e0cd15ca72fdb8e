/** What this device is called in its room. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { maxNameLength } from '../../../protocol/limits.ts';
import { ChangeEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { lineStyles } from './line-styles.ts';
import { settingsWords } from './words.ts';

@customElement('settings-name')
export class SettingsName extends OcchioElement {
  @property() name = '';

  static override styles = [
    OcchioElement.styles,
    lineStyles,
    css`
      input {
        flex: 1 1 180px;
        min-width: 0;
        min-height: var(--target);
        padding: 0 var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        color: var(--ink);
        font: 550 var(--text) / 1.2 var(--font);
      }
    `,
  ];

  override render(): TemplateResult {
    const words = settingsWords();
    return html`<label
      >${words.deviceName}
      <input
        id="name"
        type="text"
        autocomplete="off"
        enterkeyhint="done"
        maxlength=${maxNameLength}
        .value=${this.name}
        @change=${this.#change}
      />
    </label>`;
  }

  readonly #change = (event: Event): void => {
    const input = event.target as HTMLInputElement; // the one that it is set on
    const value = input.value.trim();
    if (value === '') input.value = this.name;
    else this.dispatchEvent(new ChangeEvent({ key: 'deviceName', value }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-name': SettingsName;
  }
}
