/** Where the corrections are on their way, in a word: queued, sent, training, checked, live. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Messages } from '../../i18n/messages.ts';
import { percent } from '../../i18n/messages.ts';
import type { Progress } from '../../progress/progress.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';

/** What the settings can change; of all else the screen "Model" tells more. */
const notOnTheHub: readonly Progress['kind'][] = ['no-model', 'kept-here', 'queued'];

@customElement('occhio-pill')
export class OcchioPill extends OcchioElement {
  @property({ attribute: false }) progress: Progress = { kind: 'no-model' };

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: block;
      }
      a {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--target);
        padding: 0 var(--space-4);
        border-radius: 999px;
        background: var(--veil);
        color: var(--ink);
        font: 550 var(--text-small) / 1.2 var(--font);
        font-variant-numeric: tabular-nums;
        text-decoration: none;
        white-space: nowrap;
      }
      i {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--ink-soft);
      }
      .live i {
        background: var(--leaf);
      }
      .kept-here i,
      .queued i {
        background: none;
        box-shadow: inset 0 0 0 2px var(--ink-soft);
      }
      .loading i,
      .sending i,
      .sent i,
      .training i,
      .checking i {
        background: var(--iris);
        animation: breathe var(--motion, 1.4s) infinite alternate steps(6, jump-none);
      }
      .failed i,
      .refused i {
        background: var(--warn);
      }
      @media (forced-colors: active) {
        a {
          border: 1px solid ButtonBorder;
        }
        i {
          border: 1px solid CanvasText;
        }
        :is(.live, .loading, .sending, .sent, .training, .checking, .failed, .refused) i {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
      @keyframes breathe {
        to {
          opacity: 0.25;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages, language } = this.locale;
    const { kind } = this.progress;
    return html`<a class=${kind} href=${notOnTheHub.includes(kind) ? '#/settings' : '#/model'}
      ><i></i>${textOf(this.progress, messages, (fraction) => percent(fraction, language))}</a
    >`;
  }
}

function textOf(progress: Progress, messages: Messages, percentOf: (fraction: number) => string): string {
  switch (progress.kind) {
    case 'kept-here':
      return messages.progressKeptHere(progress.count);
    case 'queued':
      return messages.progressQueued(progress.count);
    case 'sending':
      return messages.progressSending(progress.count);
    case 'sent':
      return messages.progressSent;
    case 'training':
      return messages.progressTraining(percentOf(progress.done));
    case 'checking':
      return messages.progressChecking;
    case 'failed':
      return messages.progressFailed;
    case 'refused':
      return messages.progressRefused(progress.version);
    case 'live':
      return messages.progressLive(progress.version);
    case 'loading':
      return messages.loadingModel;
    case 'no-model':
      return messages.progressNoModel;
    default:
      return progress satisfies never;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-pill': OcchioPill;
  }
}
