/** In which language and in which theme the app is shown, and how much of it moves. */
import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ChangeEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Language } from '../../i18n/messages.ts';
import { languages } from '../../i18n/messages.ts';
import type { Motion, Theme } from '../../storage/settings.ts';
import { motions, themes } from '../../storage/settings.ts';
import { lineStyles } from './line-styles.ts';
import { settingsWords } from './words.ts';

@customElement('settings-looks')
export class SettingsLooks extends OcchioElement {
  @property() theme: Theme = 'system';
  @property() motion: Motion = 'system';

  static override styles = [OcchioElement.styles, lineStyles];

  override render(): TemplateResult {
    const words = settingsWords();
    return html`<label
        >${words.language}
        <select id="language" @change=${this.#changeLanguage}>
          ${Object.entries(languages).map(
            ([code, name]) => html`<option value=${code} ?selected=${code === this.locale.language}>${name}</option>`,
          )}
        </select>
      </label>
      <label
        >${words.theme}
        <select id="theme" @change=${this.#changeTheme}>
          ${themes.map(
            (theme) => html`<option value=${theme} ?selected=${theme === this.theme}>${words.themes[theme]}</option>`,
          )}
        </select>
      </label>
      <label
        >${words.motion}
        <select id="motion" @change=${this.#changeMotion}>
          ${motions.map(
            (motion) =>
              html`<option value=${motion} ?selected=${motion === this.motion}>${words.motions[motion]}</option>`,
          )}
        </select>
      </label>`;
  }

  readonly #changeLanguage = (event: Event): void => {
    // The options are the keys of `languages`.
    const value = (event.target as HTMLSelectElement).value as Language;
    this.dispatchEvent(new ChangeEvent({ key: 'language', value }));
  };

  readonly #changeTheme = (event: Event): void => {
    // The options are the themes.
    const value = (event.target as HTMLSelectElement).value as Theme;
    this.dispatchEvent(new ChangeEvent({ key: 'theme', value }));
  };

  readonly #changeMotion = (event: Event): void => {
    // The options are the motions.
    const value = (event.target as HTMLSelectElement).value as Motion;
    this.dispatchEvent(new ChangeEvent({ key: 'motion', value }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-looks': SettingsLooks;
  }
}
