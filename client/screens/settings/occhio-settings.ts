/** "Settings": the hub and its devices, what leaves this one, how it recognises, looks and stores, and the way to delete it. */
import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RoomDevice } from '../../../protocol/messages/devices.ts';
import { CellController } from '../../controllers/cell-controller.ts';
import { KeysController } from '../../controllers/keys-controller.ts';
import '../../elements/occhio-asking.ts';
import '../../elements/occhio-toggle.ts';
import { ScreenElement } from '../../elements/screen-element.ts';
import { linkText } from '../../elements/words.ts';
import { deviceNameIn } from '../../link/device-name.ts';
import type { Session } from '../../session.ts';
import { eraseEverything } from '../../storage/erase.ts';
import type { AnswerEvent, InviteEvent, RemoveEvent } from './events.ts';
import type { Question } from './question.ts';
import { textsOf } from './question.ts';
import './settings-ask.ts';
import './settings-devices.ts';
import type { Fact } from './settings-facts.ts';
import { outboxFacts, recognitionFacts, roomFacts } from './settings-facts.ts';
import './settings-invite.ts';
import './settings-labels.ts';
import './settings-looks.ts';
import './settings-name.ts';
import './settings-storage.ts';
import { settingsStyles } from './settings-styles.ts';
import type { SettingsWords } from './words.ts';
import { settingsWords } from './words.ts';

@customElement('occhio-settings')
export class OcchioSettings extends ScreenElement {
  /** Set once, before the element is put on the page. */
  session!: Pick<
    Session,
    'settings' | 'link' | 'hub' | 'devices' | 'invitation' | 'erasure' | 'outbox' | 'models' | 'seen' | 'appUpdate'
  >;
  /** What the person is asked just now. */
  @state() private question: Question | null = null;
  #unwatch: (() => void) | undefined;

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
    const { settings, link, hub, devices, invitation, erasure, outbox, models, seen, appUpdate } = this.session;
    new CellController(this, [
      settings.state,
      link.state,
      hub.news,
      devices.known,
      invitation.state,
      erasure.state,
      outbox.counts,
      models.state,
      seen.pace,
      appUpdate.ready,
    ]);
    super.connectedCallback();
    this.#unwatch = devices.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.session.invitation.dismiss();
  }

  override render(): TemplateResult {
    const { settings, link, hub, invitation, outbox, models, seen } = this.session;
    const { messages, language } = this.locale;
    const words = settingsWords();
    const telling = { words, language };
    const { consent, asking, adapted, learnUncorrected, labelSet, theme, motion } = settings.state.peek();
    const linkState = link.state.peek();
    return html`<header class="top"><h1 tabindex="-1">${messages.settings}</h1></header>
      <main>
        ${section(
          words.hub,
          html`<p id="link" data-state=${linkState.kind}>${linkText(linkState, messages)}</p>
            ${facts(roomFacts(hub.news.peek().room, telling))}`,
        )}
        ${section(words.deviceList, this.#devices(words))}
        ${section(
          words.inviteTitle,
          html`<settings-invite
            .invitation=${invitation.state.peek()}
            ?linked=${link.isOpen.peek()}
            @settings-invite=${this.#invite}
          ></settings-invite>`,
        )}
        ${section(
          words.sharing,
          html`<occhio-toggle setting="consent" .text=${messages.sendToHub} ?on=${consent === true}></occhio-toggle>
            <occhio-asking .level=${asking}></occhio-asking>
            ${facts(outboxFacts(outbox.counts.peek(), telling))}`,
        )}
        ${section(words.looks, html`<settings-looks .theme=${theme} .motion=${motion}></settings-looks>`)}
        ${section(
          words.recognition,
          html`<settings-labels .set=${labelSet}></settings-labels>
            <occhio-toggle setting="adapted" .text=${words.useAdapted} ?on=${adapted}></occhio-toggle>
            <occhio-toggle
              setting="learnUncorrected"
              .text=${words.learnUncorrected}
              ?on=${learnUncorrected}
            ></occhio-toggle>
            ${facts(recognitionFacts(models.state.peek(), seen.pace.peek(), telling))}`,
        )}
        ${section(words.storage, html`<settings-storage></settings-storage>`)} ${section(words.app, this.#app(words))}
        ${section(
          words.erase,
          html`<p class="soft">${words.eraseText}</p>
            <button id="erase-here" class="grave" @click=${this.#askEraseHere}>${words.erase}…</button>`,
        )}
        ${section(words.eraseHub, this.#hubErasure(words))}
      </main>
      ${
        this.question === null
          ? nothing
          : html`<settings-ask .texts=${textsOf(this.question, words)} @settings-answer=${this.#answer}></settings-ask>`
      }`;
  }

  #devices(words: SettingsWords) {
    const { settings, devices, link } = this.session;
    const { device, deviceName } = settings.state.peek();
    const known = devices.known.peek();
    return html`<settings-name .name=${deviceName ?? deviceNameIn(navigator.userAgent)}></settings-name> ${
        known
          ? html`<settings-devices
              .devices=${known}
              .self=${device}
              ?linked=${link.isOpen.peek()}
              @settings-remove=${this.#askRemove}
            ></settings-devices>`
          : html`<p class="soft">${words.deviceListOffline}</p>`
      }`;
  }

  #hubErasure(words: SettingsWords) {
    const { erasure, link } = this.session;
    const state = erasure.state.peek();
    const own = this.#own;
    return html`<p class="soft">${words.eraseHubText}</p>
      <p id="erased" role="status">${this.#hubErased(words)}</p>
      <button
        id="erase-hub"
        class="grave"
        ?disabled=${!link.isOpen.peek() || !own || state.kind === 'asked'}
        @click=${this.#askEraseHub}
      >
        ${words.eraseHub}…
      </button>`;
  }

  #hubErased(words: SettingsWords): string {
    const state = this.session.erasure.state.peek();
    switch (state.kind) {
      case 'none':
        return this.session.link.isOpen.peek() ? '' : words.eraseHubOffline;
      case 'asked':
        return words.eraseHubBusy;
      case 'done':
        return words.eraseHubDone(words.countPictures(state.pictures), words.countLabels(state.labels));
      default:
        return state satisfies never;
    }
  }

  get #own(): RoomDevice | undefined {
    const { settings, devices } = this.session;
    return devices.known.peek()?.find(({ device }) => device === settings.state.peek().device);
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

  readonly #invite = ({ wanted }: InviteEvent): void => {
    const { invitation } = this.session;
    if (wanted) invitation.ask();
    else invitation.dismiss();
  };

  readonly #askRemove = ({ device }: RemoveEvent): void => {
    this.question = { kind: 'remove', device };
  };

  readonly #askEraseHub = (): void => {
    const own = this.#own;
    if (own) this.question = { kind: 'erase-hub', own };
  };

  readonly #askEraseHere = async (): Promise<void> => {
    this.question = { kind: 'erase-here', unsent: await this.session.outbox.countSamples() };
  };

  readonly #answer = ({ agreed }: AnswerEvent): void => {
    const { question } = this;
    this.question = null;
    if (agreed && question) this.#perform(question);
  };

  #perform(question: Question): void {
    switch (question.kind) {
      case 'erase-here':
        eraseEverything();
        break;
      case 'erase-hub':
        void this.session.erasure.ask();
        break;
      case 'remove':
        this.session.devices.remove(question.device.device);
        break;
      default:
        question satisfies never;
    }
  }
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
