/** Brings another device into the room: a code to scan, the same as a link, and what became of it. */
import type { PropertyValues, TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { InvitationState } from '../../link/invitation.ts';
import { InviteEvent } from './events.ts';
import './settings-code.ts';
import { settingsWords } from './words.ts';

type Shown = Extract<InvitationState, { kind: 'shown' }>;

@customElement('settings-invite')
export class SettingsInvite extends OcchioElement {
  @property({ attribute: false }) invitation!: InvitationState; // set by every user
  /** Whether the hub can be asked. */
  @property({ type: Boolean }) linked = false;
  /** The link that was copied. */
  @state() private copied: string | undefined;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      button {
        justify-self: start;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      a {
        color: var(--iris);
        overflow-wrap: anywhere;
      }
      #link {
        user-select: all;
        font:
          var(--text-small) / 1.5 ui-monospace,
          monospace;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override updated(changed: PropertyValues<this>): void {
    // Whoever asked for the code wants to see it.
    if (changed.get('invitation')?.kind === 'asked')
      this.renderRoot.querySelector('settings-code')?.scrollIntoView({ block: 'center' });
  }

  override render(): TemplateResult {
    const words = settingsWords();
    const { invitation } = this;
    if (!this.linked) return html`<p class="soft" id="offline">${words.inviteOffline}</p>`;
    if (invitation.kind === 'shown') return this.#shown(invitation);
    return html`<p role="status" data-state=${invitation.kind}>${this.#news()}</p>
      <button id="invite" ?disabled=${invitation.kind === 'asked'} @click=${this.#ask}>
        ${invitation.kind === 'expired' ? words.newCode : words.invite}
      </button>`;
  }

  #news(): string {
    const words = settingsWords();
    const { invitation } = this;
    switch (invitation.kind) {
      case 'none':
      case 'asked':
      case 'shown':
        return words.inviteText;
      case 'used':
        return words.inviteUsed(invitation.name);
      case 'expired':
        return words.inviteExpired;
      case 'refused':
        return { 'too-many': words.inviteTooMany, 'no-network': words.inviteNoNetwork }[invitation.why];
      default:
        return invitation satisfies never;
    }
  }

  #shown({ urls: [best, ...others], untilMs }: Shown): TemplateResult {
    const { language, messages } = this.locale;
    const words = settingsWords();
    const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(untilMs);
    const trust = new URL('/trust', best).href;
    return html`<p>${words.inviteHow} ${words.inviteUntil(time)}</p>
      <settings-code .text=${best} .description=${words.code}></settings-code>
      <p id="link">${best}</p>
      <div class="buttons">
        ${this.#copyButton(best)}
        <button id="new-code" @click=${this.#ask}>${words.newCode}</button>
        <button id="close" @click=${this.#dismiss}>${messages.close}</button>
      </div>
      <p class="soft">${words.inviteTrust} <a href=${trust} target="_blank" rel="noopener">${trust}</a></p>
      ${
        others.length > 0
          ? html`<details>
              <summary>${words.otherAddresses}</summary>
              ${others.map((url) => html`<p class="soft"><a href=${url} target="_blank" rel="noopener">${url}</a></p>`)}
            </details>`
          : nothing
      }`;
  }

  /** Browsers leave the clipboard out where the page is not a secure context, whatever its type says. */
  #copyButton(link: string): TemplateResult | typeof nothing {
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) return nothing;
    const words = settingsWords();
    const copy = async (): Promise<void> => {
      await clipboard.writeText(link);
      this.copied = link;
    };
    return html`<button id="copy" class="primary" @click=${copy}>
      ${this.copied === link ? words.copied : words.copy}
    </button>`;
  }

  readonly #ask = (): void => {
    this.dispatchEvent(new InviteEvent(true));
  };

  readonly #dismiss = (): void => {
    this.dispatchEvent(new InviteEvent(false));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-invite': SettingsInvite;
  }
}
