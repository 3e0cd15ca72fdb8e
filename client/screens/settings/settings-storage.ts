/** The storage meter: how much of this device the app uses, and whether the browser may clear it. */
import { Task } from '@lit/task';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Language } from '../../i18n/messages.ts';
import type { StorageRoom } from '../../storage/storage-room.ts';
import { keepStorage, storageRoom } from '../../storage/storage-room.ts';
import { settingsWords } from './words.ts';

@customElement('settings-storage')
export class SettingsStorage extends OcchioElement {
  /** Whether the person has asked the browser to keep it. */
  @state() private asked = false;
  readonly #room = new Task(this, { task: storageRoom, args: () => [] });

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
      }
      .bar {
        width: 100%;
        height: 10px;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: 5px;
        background: var(--raised);
      }
      .bar i {
        display: block;
        min-width: 6px;
        height: 100%;
        background: var(--iris);
        forced-color-adjust: none;
      }
    `,
  ];

  override render(): TemplateResult {
    const unknown = (): TemplateResult => html`<p>${settingsWords().storageUnknown}</p>`;
    return html`${this.#room.render({
      complete: (room) => (room ? this.#meter(room) : unknown()),
      error: unknown,
    })}`;
  }

  #meter({ usedBytes, quotaBytes, kept }: StorageRoom): TemplateResult {
    const { language } = this.locale;
    const words = settingsWords();
    return html`<p>${words.used(bytesText(usedBytes, language), bytesText(quotaBytes, language))}</p>
      <div class="bar"><i .style=${`width: ${((100 * usedBytes) / quotaBytes).toFixed(2)}%`}></i></div>
      <p class="soft" id="kept" role="status">${kept ? words.kept : this.asked ? words.keepRefused : words.mayGo}</p>
      ${kept ? nothing : html`<button id="keep" @click=${this.#keep}>${words.keep}</button>`}`;
  }

  readonly #keep = async (): Promise<void> => {
    await keepStorage();
    this.asked = true;
    await this.#room.run();
  };
}

/** As a person would say it. */
function bytesText(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e9, 'gigabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-storage': SettingsStorage;
  }
}
