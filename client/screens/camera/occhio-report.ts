/** The card that comes with a new version: what is new, fixed and worse, and the verdict in a sentence. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Report } from '../../../protocol/messages/report.ts';
import { labelsContext } from '../../contexts.ts';
import { nameOf } from '../../i18n/messages.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { CameraActionEvent } from './events.ts';

@customElement('occhio-report')
export class OcchioReport extends OcchioElement {
  @property({ attribute: false }) report: Report | null = null;
  /** Classes that came with this version. */
  @property({ attribute: false }) newKeys: readonly string[] = [];
  /** The version before it, to which one can go back; null when one cannot. */
  @property({ attribute: false }) parent: number | null = null;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = [
    OcchioElement.styles,
    css`
      section {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      ul {
        display: grid;
        gap: var(--space-1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      summary {
        align-content: center;
        min-height: var(--target);
        color: var(--ink-soft);
        cursor: pointer;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: var(--space-2);
      }
      a {
        display: grid;
        place-items: center;
        min-width: var(--target);
        min-height: var(--target);
        padding-inline: var(--space-4);
        color: inherit;
        font-weight: 550;
        text-underline-offset: 4px;
      }
      details p {
        margin-block-end: var(--space-2);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { report } = this;
    if (!report) return nothing;
    const { messages } = this.locale;
    return html`<section aria-label=${messages.reportTitle(report.version)} data-verdict=${report.verdict}>
      <header>
        <h2>${messages.reportTitle(report.version)}</h2>
        <button
          class="quiet"
          aria-label=${messages.close}
          @click=${() => {
            this.dispatchEvent(new CameraActionEvent('dismiss-report'));
          }}
        >
          ✕
        </button>
      </header>
      <ul>
        ${this.#lines(report).map((line) => html`<li>${line}</li>`)}
      </ul>
      <details>
        <summary>${messages.reportWhy}</summary>
        ${report.reasons.map((reason) => html`<p class="soft">${reason}</p>`)}
      </details>
      <footer>
        ${
          this.parent === null
            ? nothing
            : html`<button
                id="back"
                @click=${() => {
                  this.dispatchEvent(new CameraActionEvent('back-to-parent'));
                }}
              >
                ${messages.backTo(this.parent)}
              </button>`
        }
        <a href="#/model">${messages.see}</a>
      </footer>
    </section>`;
  }

  #lines({ verdict, fixes, breaks }: Report): readonly string[] {
    const { messages, language } = this.locale;
    const names = this.newKeys.map((key) => nameOf(this.labels, key, language)).join(', ');
    return [
      ...(verdict === 'refused' ? [messages.reportRefused] : []),
      ...(verdict === 'in-trial' ? [messages.reportInTrial] : []),
      ...(names ? [messages.reportNewClasses(this.newKeys.length, names)] : []),
      ...(fixes.length > 0 ? [messages.reportFixed(fixes.length)] : []),
      // That nothing got worse is worth saying, too.
      ...(verdict === 'refused' && breaks.length === 0 ? [] : [messages.reportWorse(breaks.length)]),
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-report': OcchioReport;
  }
}
