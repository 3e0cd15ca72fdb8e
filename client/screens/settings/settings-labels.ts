/** Which names the app answers with. */
import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LabelSet } from '../../../protocol/learning/label-set.ts';
import { labelSets } from '../../../protocol/learning/label-set.ts';
import { ChangeEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { lineStyles } from './line-styles.ts';
import { settingsWords } from './words.ts';

@customElement('settings-labels')
export class SettingsLabels extends OcchioElement {
  @property() set: LabelSet = 'everything';

  static override styles = [OcchioElement.styles, lineStyles];

  override render(): TemplateResult {
    const words = settingsWords();
    return html`<label
      >${words.labels}
      <select id="label-set" @change=${this.#change}>
        ${labelSets.map((set) => html`<option value=${set} ?selected=${set === this.set}>${words.labelSet[set]}</option>`)}
      </select>
    </label>`;
  }

  readonly #change = (event: Event): void => {
    // The options are the label sets.
    const value = (event.target as HTMLSelectElement).value as LabelSet;
    this.dispatchEvent(new ChangeEvent({ key: 'labelSet', value }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-labels': SettingsLabels;
  }
}
