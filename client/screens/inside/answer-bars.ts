/** The best answers with their shares, as bars. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';

export type Bar = { readonly name: string; readonly share: string; readonly fraction: number };

export const answerBarsStyle = css`
  .bars {
    display: grid;
    gap: var(--space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px var(--space-3);
  }
  .bars span {
    overflow-wrap: anywhere;
  }
  .bars i {
    grid-column: 1 / -1;
    height: 8px;
    border-radius: 4px;
    background: linear-gradient(var(--iris), var(--iris)) no-repeat left / var(--fraction) var(--raised);
  }
`;

export function answerBars(bars: readonly Bar[]): TemplateResult {
  return html`<ol class="bars">
    ${bars.map(
      ({ name, share, fraction }) =>
        html`<li>
          <span>${name}</span><span class="number">${share}</span
          ><i .style=${`--fraction: ${(fraction * 100).toFixed(1)}%`}></i>
        </li>`,
    )}
  </ol>`;
}
