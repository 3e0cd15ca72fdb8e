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
import { verdictText } from '../../elements/words.ts';
import { CameraActionEvent } from './events.ts';
import { besidePicture, newsStyles } from './news-styles.ts';

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
    newsStyles,
    css`
      /* The version is what the line is about: what is said of it gives way first. */
      #news > summary > h2 {
        flex: none;
        max-width: 70%;
      }
      #news[open] > summary > .soft {
        display: none;
      }
      ul {
        display: grid;
        gap: var(--space-1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: var(--space-3);
        align-items: baseline;
        font-weight: 560;
      }
      li::before {
        content: '+';
        flex: none;
        width: 1.5em;
        border-radius: 999px;
        background: var(--raised);
        color: var(--iris);
        font: 700 var(--text-small) / 1.5em var(--font);
        text-align: center;
      }
      li.fixed::before {
        content: '✓';
        color: var(--leaf);
      }
      li:is(.worse, .refused)::before {
        content: '!';
        color: var(--warn);
      }
      li.trial::before {
        content: '…';
        color: var(--ink-soft);
      }
      #why p {
        margin-block-end: var(--space-2);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        justify-content: space-between;
        gap: 0 var(--space-4);
      }
      #why[open] {
        flex: 1 0 100%;
      }
      a {
        display: grid;
        margin-inline-start: auto;
        align-content: center;
        min-height: var(--target);
        color: var(--iris);
        font-weight: 600;
        text-underline-offset: 4px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { report } = this;
    if (!report) return nothing;
    const { messages } = this.locale;
    const lines = this.#lines(report);
    return html`<section aria-label=${messages.reportTitle(report.version)} data-verdict=${report.verdict}>
      <details id="news" ?open=${matchMedia(besidePicture).matches}>
        <summary>
          <h2>${messages.reportTitle(report.version)}</h2>
          <span class="soft">${lines[0]?.[1]}</span>
        </summary>
        <div class="more">
          <ul>
            ${lines.map(([kind, line]) => html`<li class=${kind}>${line}</li>`)}
          </ul>
          <footer>
            <details id="why">
              <summary>${messages.reportWhy}</summary>
              <p class="soft">${verdictText(report, this.#name, messages)}</p>
            </details>
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
        </div>
      </details>
      <button
        class="quiet"
        id="close"
        aria-label=${messages.close}
        @click=${() => {
          this.dispatchEvent(new CameraActionEvent('dismiss-report'));
        }}
      >
        ✕
      </button>
    </section>`;
  }

  readonly #name = (key: string): string => nameOf(this.labels, key, this.locale.language);

  #lines({ verdict, fixes, breaks }: Report): readonly (readonly [kind: string, text: string])[] {
    const { messages } = this.locale;
    const names = this.newKeys.map(this.#name).join(', ');
    return [
      ...(verdict === 'refused' ? [['refused', messages.reportRefused] as const] : []),
      ...(verdict === 'in-trial' ? [['trial', messages.reportInTrial] as const] : []),
      ...(names ? [['new', messages.reportNewClasses(this.newKeys.length, names)] as const] : []),
      ...(fixes.length > 0 ? [['fixed', messages.reportFixed(fixes.length)] as const] : []),
      // That nothing got worse is worth saying, too.
      ...(verdict === 'refused' && breaks.length === 0
        ? []
        : [[breaks.length > 0 ? 'worse' : 'same', messages.reportWorse(breaks.length)] as const]),
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-report': OcchioReport;
  }
}
