/** What just happened, where it can be undone with the way back: "Learned here. Undo". */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Label } from '../../protocol/learning/labels.ts';
import type { Notice } from '../capture/corrections.ts';
import { labelsContext } from '../contexts.ts';
import { nameOf } from '../i18n/messages.ts';
import type { FailedHere } from '../model/model-updater.ts';
import { OcchioElement } from './occhio-element.ts';
import { learnedText } from './words.ts';

@customElement('occhio-toast')
export class OcchioToast extends OcchioElement {
  @property({ attribute: false }) notice: Notice | FailedHere | null = null;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = [
    OcchioElement.styles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0 var(--space-2);
        padding: var(--space-1) var(--space-1) var(--space-1) var(--space-4);
        border-radius: var(--radius);
        background: var(--ink);
        color: var(--ground);
        box-shadow: var(--shadow);
      }
      span {
        flex: 1 1 6em;
        max-width: 100%;
        padding-block: var(--space-2);
        overflow-wrap: break-word;
      }
      button {
        padding-inline: var(--space-2);
        border-color: transparent;
        background: none;
        color: inherit;
      }
      a {
        display: grid;
        place-items: center;
        min-width: var(--target);
        min-height: var(--target);
        color: inherit;
        font-weight: 550;
      }
      :is(button.undo, a) {
        text-decoration: underline;
        text-underline-offset: 4px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { notice } = this;
    if (!notice) return nothing;
    const { messages } = this.locale;
    const count = notice.kind === 'learned' ? notice.lesson.events.length : nothing;
    return html`<div class=${notice.kind} data-count=${count} role="status">
      <span>${this.#text(notice)}</span>
      ${notice.kind === 'learned' && notice.doubt ? html`<a href="#/questions">${messages.look}</a>` : nothing}
      ${this.#undo(notice)}
      <button
        aria-label=${messages.close}
        @click=${() => {
          this.act('dismiss-notice');
        }}
      >
        ✕
      </button>
    </div>`;
  }

  /** The way back, as long as there is one. */
  #undo(notice: Notice | FailedHere) {
    const { messages } = this.locale;
    const isFirst = notice.kind === 'learned';
    if (!isFirst && !(notice.kind === 'undone' && notice.hasEarlier)) return nothing;
    return html`<button
      class="undo"
      @click=${({ detail }: MouseEvent) => {
        // The second of two quick clicks was meant for what the button said before.
        if (detail < 2) this.act('undo');
      }}
    >
      ${isFirst ? messages.undo : messages.undoEarlier}
    </button>`;
  }

  #text(notice: Notice | FailedHere): string {
    const { messages } = this.locale;
    switch (notice.kind) {
      case 'learned':
        return [
          learnedText(notice.lesson, this.#name(notice.lesson.label), messages),
          ...(notice.doubt ? [messages.looksLike(this.#name(notice.doubt.rival))] : []),
        ].join('. ');
      case 'undone':
        return messages.undone(this.#name(notice.lesson.label));
      case 'full':
        return messages.storageFull;
      case 'failed':
        return messages.notKept;
      case 'failed-here':
        return messages.failedHere(notice.version, notice.stays);
      default:
        return notice satisfies never;
    }
  }

  #name(label: string | null): string {
    const { messages, language } = this.locale;
    return label === null ? messages.noneOfThese : nameOf(this.labels, label, language);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-toast': OcchioToast;
  }
}
