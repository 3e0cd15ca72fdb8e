/** "Settings": the hub, what leaves the device, how it recognises, how it looks, what it stores, and the way to delete it. */
import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { CellController } from '../../controllers/cell-controller.ts';
import { KeysController } from '../../controllers/keys-controller.ts';
import { ChangeEvent } from '../../elements/events.ts';
import '../../elements/occhio-toggle.ts';
import { ScreenElement } from '../../elements/screen-element.ts';
import { linkText } from '../../elements/words.ts';
import type { Language } from '../../i18n/messages.ts';
import { languages } from '../../i18n/messages.ts';
import type { Session } from '../../session.ts';
import { eraseEverything } from '../../storage/erase.ts';
import type { Theme } from '../../storage/settings.ts';
import type { EraseEvent } from './events.ts';
import './settings-erase.ts';
import type { Fact } from './settings-facts.ts';
import { outboxFacts, recognitionFacts, roomFacts } from './settings-facts.ts';
import './settings-storage.ts';
import { settingsStyles } from './settings-styles.ts';
import type { SettingsWords } from './words/words.ts';
import { wordsOf } from './words/words.ts';

@customElement('occhio-settings')
export class OcchioSettings extends ScreenElement {
  /** Set once, before the element is put on the page. */
  session!: Pick<Session, 'settings' | 'link' | 'hub' | 'outbox' | 'models' | 'seen' | 'appUpdate'>;
  /** While the person is asked whether to delete everything: the pictures that only this device has. */
  @state() private unsent: number | null = null;

  static override styles = [ScreenElement.styles, settingsStyles];

  constructor() {
    super();
    new KeysController(this, {
      Escape: () => {
        location.hash = '#/';
      },
    });
  }

  override connectedCallback(): void {
    const { settings, link, hub, outbox, models, seen, appUpdate } = this.session;
    new CellController(this, [
      settings.state,
      link.state,
      hub.news,
      outbox.counts,
      models.state,
      seen.pace,
      appUpdate.ready,
    ]);
    super.connectedCallback();
  }

  override render(): TemplateResult {
    const { settings, link, hub, outbox, models, seen } = this.session;
    const { messages, language } = this.locale;
    const words = wordsOf[language];
    const telling = { words, language };
    const { consent, adapted } = settings.state.peek();
    const linkState = link.state.peek();
    return html`<header class="top"><h1 tabindex="-1">${messages.settings}</h1></header>
      <main>
        ${section(
          words.hub,
          html`<p id="link" data-state=${linkState.kind}>${linkText(linkState, messages)}</p>
            ${facts(roomFacts(hub.news.peek().room, telling))}`,
        )}
        ${section(
          words.sharing,
          html`<occhio-toggle setting="consent" .text=${messages.sendToHub} ?on=${consent === true}></occhio-toggle>
            ${facts(outboxFacts(outbox.counts.peek(), telling))}`,
        )}
        ${section(words.looks, html`${this.#languages(words)} ${this.#themes(words)}`)}
        ${section(
          words.recognition,
          html`<occhio-toggle setting="adapted" .text=${words.useAdapted} ?on=${adapted}></occhio-toggle>
            ${facts(recognitionFacts(models.state.peek(), seen.pace.peek(), telling))}`,
        )}
        ${section(words.storage, html`<settings-storage></settings-storage>`)} ${section(words.app, this.#app(words))}
        ${section(
          words.erase,
          html`<p class="soft">${words.eraseText}</p>
            <button id="erase-all" @click=${this.#askErase}>${words.erase}…</button>`,
        )}
      </main>
      ${
        this.unsent === null
          ? nothing
          : html`<settings-erase .unsent=${this.unsent} @settings-erase=${this.#erase}></settings-erase>`
      }`;
  }

  #languages(words: SettingsWords) {
    return html`<label
      >${words.language}
      <select
        id="language"
        @change=${(event: Event) => {
          // The options are the keys of `languages`.
          const value = (event.target as HTMLSelectElement).value as Language;
          this.dispatchEvent(new ChangeEvent({ key: 'language', value }));
        }}
      >
        ${Object.entries(languages).map(
          ([code, name]) => html`<option value=${code} ?selected=${code === this.locale.language}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  #themes(words: SettingsWords) {
    const names: Readonly<Record<Theme, string>> = {
      system: words.themeSystem,
      light: words.themeLight,
      dark: words.themeDark,
    };
    const { theme } = this.session.settings.state.peek();
    return html`<label
      >${words.theme}
      <select
        id="theme"
        @change=${(event: Event) => {
          // The options are the keys of `names`.
          const value = (event.target as HTMLSelectElement).value as Theme;
          this.dispatchEvent(new ChangeEvent({ key: 'theme', value }));
        }}
      >
        ${Object.entries(names).map(
          ([value, name]) => html`<option value=${value} ?selected=${value === theme}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  #app(words: SettingsWords) {
    const { messages, language } = this.locale;
    const built = new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(__BUILD__));
    return html`${facts([[words.version, `${__VERSION__}, ${words.built(built)}`]])}
    ${
      this.session.appUpdate.ready.peek()
        ? html`<p>${messages.updateReady}</p>
            <button
              class="primary"
              @click=${() => {
                this.act('update-app');
              }}
            >
              ${messages.update}
            </button>`
        : html`<p class="soft">${words.newest}</p>`
    }`;
  }

  readonly #askErase = async (): Promise<void> => {
    this.unsent = await this.session.outbox.countSamples();
  };

  readonly #erase = ({ agreed }: EraseEvent): void => {
    this.unsent = null;
    if (agreed) eraseEverything();
  };
}

function section(title: string, content: TemplateResult): TemplateResult {
  return html`<section aria-label=${title}>
    <h2>${title}</h2>
    ${content}
  </section>`;
}

function facts(all: readonly Fact[]): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<dl>
    ${all.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-settings': OcchioSettings;
  }
}
