/** The devices of the room: which is this one, when each was here, what it gave, and the way to remove it. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceId } from '../../../protocol/ids.ts';
import type { RoomDevice } from '../../../protocol/messages/devices.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { RemoveEvent } from './events.ts';
import { settingsWords } from './words.ts';

@customElement('settings-devices')
export class SettingsDevices extends OcchioElement {
  @property({ attribute: false }) devices: readonly RoomDevice[] = [];
  @property({ attribute: false }) self!: DeviceId; // set by every user
  /** Whether the hub can be asked. */
  @property({ type: Boolean }) linked = false;

  static override styles = [
    OcchioElement.styles,
    css`
      ul {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-4);
        padding-block: var(--space-3);
        border-block-start: 1px solid var(--line);
      }
      li:last-child {
        padding-block-end: 0;
      }
      .about {
        display: grid;
        gap: 2px;
        min-width: 0;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .self {
        margin-inline-start: var(--space-2);
        padding: 2px var(--space-2);
        border-radius: 999px;
        background: var(--raised);
        font: 600 var(--text-small) / 1.4 var(--font);
        white-space: nowrap;
      }
      /* Large enough for a thumb, and no further from the line above for it. */
      a {
        display: grid;
        align-content: center;
        justify-self: start;
        min-height: var(--target);
        margin-block: -10px;
        color: var(--iris);
        font-size: var(--text-small);
      }
    `,
  ];

  override render(): TemplateResult {
    const isSelf = ({ device }: RoomDevice): boolean => device === this.self;
    const ownFirst = [...this.devices.filter(isSelf), ...this.devices.filter((one) => !isSelf(one))];
    return html`<ul>
      ${ownFirst.map((one) => this.#device(one))}
    </ul>`;
  }

  #device(one: RoomDevice): TemplateResult {
    const words = settingsWords();
    const isSelf = one.device === this.self;
    const gave = `${words.countPictures(one.pictures)}, ${words.countLabels(one.labels)}`;
    return html`<li data-device=${one.device} ?data-self=${isSelf}>
      <div class="about">
        <span class="name">${one.name}${isSelf ? html`<span class="self">${words.thisDevice}</span>` : nothing}</span>
        <span class="soft">${this.#seen(one)}${one.paired ? nothing : ` · ${words.hubComputer}`}</span>
        ${
          one.pictures > 0
            ? html`<a href="#/pictures?device=${one.device}">${gave}</a>`
            : html`<span class="soft">${one.labels > 0 ? gave : words.gaveNothing}</span>`
        }
      </div>
      ${one.paired && !isSelf ? this.#removal(one) : nothing}
    </li>`;
  }

  #seen({ here, lastSeenAtMs }: RoomDevice): string {
    const { language } = this.locale;
    const words = settingsWords();
    if (here && this.linked) return words.here;
    const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    return words.lastSeen(format.format(lastSeenAtMs));
  }

  #removal(one: RoomDevice): TemplateResult {
    const words = settingsWords();
    const remove = (): void => {
      this.dispatchEvent(new RemoveEvent(one));
    };
    return html`<button
      class="remove"
      ?disabled=${!this.linked}
      aria-label=${words.removeName(one.name)}
      @click=${remove}
    >
      ${words.remove}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-devices': SettingsDevices;
  }
}
