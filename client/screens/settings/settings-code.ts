/** A QR code: always dark on light, with the quiet border that readers need, whatever the theme. */
import type { TemplateResult } from 'lit';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { encode } from 'uqr';

/** In modules, the code's small squares; readers expect so much light around it. */
const border = 4;

@customElement('settings-code')
export class SettingsCode extends LitElement {
  /** What it says. */
  @property() text = '';
  /** What it is for those who cannot see it. */
  @property() description = '';

  static override styles = css`
    svg {
      display: block;
      width: min(100%, 296px);
      border-radius: var(--radius);
      background: #ffffff;
      fill: #000000;
      forced-color-adjust: none;
      shape-rendering: crispEdges;
    }
  `;

  override render(): TemplateResult {
    const { data } = encode(this.text, { ecc: 'M', border });
    const dark = data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])),
    );
    const size = String(data.length);
    return html`<svg viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${this.description}>
      <path d=${dark.join('')} />
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-code': SettingsCode;
  }
}
