/** What the camera says: the label and the three best answers with their bars. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Label } from '../../../protocol/learning/labels.ts';
import { labelsContext } from '../../contexts.ts';
import { nameOf, percent } from '../../i18n/messages.ts';
import type { Answer } from '../../recognition/api.ts';
import type { Shown } from '../../recognition/consensus.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { said } from './said.ts';

const barsShown = 3;

@customElement('occhio-answer')
export class OcchioAnswer extends OcchioElement {
  @property({ attribute: false }) shown: Shown | null = null;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      #label {
        min-height: 1.2em;
        font: 720 var(--text-title) / 1.15 var(--font);
        letter-spacing: -0.02em;
        overflow-wrap: anywhere;
      }
      #label.unknown {
        color: var(--ink-soft);
        font-weight: 560;
      }
      ol {
        display: grid;
        gap: var(--space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px var(--space-3);
        font-size: var(--text-small);
      }
      li span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .figure {
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
      }
      .bar {
        grid-column: 1 / -1;
        height: 6px;
        overflow: hidden;
        border-radius: 3px;
        background: var(--raised);
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: 3px;
        background: var(--ink-soft);
        /* Without a transition: they change five times a second, and where the page is drawn in software it takes a core. */
        transform-origin: left;
      }
      li.shown .bar i {
        background: var(--iris);
      }
      @media (forced-colors: active) {
        .bar {
          border: 1px solid CanvasText;
        }
        .bar i {
          background: CanvasText;
          forced-color-adjust: none;
        }
        li.shown .bar i {
          background: Highlight;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    if (!this.shown) return html`<div id="label" class="unknown">${this.locale.messages.looking}</div>`;
    const { label, family, answers } = this.shown;
    return html`<div id="label" class=${label === null && !family ? 'unknown' : nothing} data-label=${label ?? ''}>
        ${said(this.shown, this.labels, this.locale)}
      </div>
      <ol>
        ${answers.slice(0, barsShown).map((answer) => this.#bar(answer))}
      </ol>`;
  }

  #bar({ key, probability }: Answer) {
    const { language } = this.locale;
    return html`<li class=${key === this.shown?.label ? 'shown' : nothing}>
      <span>${nameOf(this.labels, key, language)}</span><span class="figure">${percent(probability, language)}</span>
      <div class="bar"><i .style=${`transform: scaleX(${probability.toFixed(3)})`}></i></div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-answer': OcchioAnswer;
  }
}
