/** Which places spoke for the answer: by the model as it came, and with what the device has learned. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LiveFigure } from './inside-figure.ts';
import type { Heatmap, Heatmaps } from '../../recognition/inside.ts';
import { paintHeat } from './paint.ts';

@customElement('inside-heat')
export class InsideHeat extends LiveFigure {
  static override styles = [
    LiveFigure.styles,
    css`
      canvas {
        image-rendering: auto;
        aspect-ratio: 1;
        border-radius: var(--radius);
      }
      .none {
        display: grid;
        place-content: center;
        aspect-ratio: 1;
        padding: var(--space-3);
        border: 1px dashed var(--line);
        border-radius: var(--radius);
      }
      b {
        display: block;
        color: var(--ink);
        font-size: var(--text);
        overflow-wrap: anywhere;
      }
      @media (max-width: 400px) {
        .none {
          aspect-ratio: auto;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const inside = this.newest.peek();
    if (!inside) return html`<p class="soft">${words.noPicture}</p>`;
    const { heatmaps } = inside;
    if (!heatmaps) return html`<p class="soft">${words.heatNoAverage}</p>`;
    return html`<div class="pair">
      ${this.#heat('before', heatmaps.before, { title: words.heatBefore, none: words.heatNoShipped })}
      ${this.#heat('after', heatmaps.after, { title: words.heatAfter, none: words.heatNothingLearned })}
    </div>`;
  }

  protected override updated(): void {
    const inside = this.newest.peek();
    if (!inside) return;
    for (const which of ['before', 'after'] as const) {
      const canvas = this.renderRoot.querySelector<HTMLCanvasElement>(`#${which}`);
      const heat = inside.heatmaps?.[which];
      if (canvas && heat) paintHeat(canvas, inside.picture, heat);
    }
  }

  #heat(id: keyof Heatmaps, heat: Heatmap | null, { title, none }: { readonly title: string; readonly none: string }) {
    if (!heat)
      return html`<figure>
        <p class="none soft">${none}</p>
        <figcaption>${title}</figcaption>
      </figure>`;
    const [name, probability] = [this.name(heat.answer), this.percent(heat.answer)];
    return html`<figure>
      <canvas id=${id} role="img" aria-label=${this.words.heatPicture(name, probability)}></canvas>
      <figcaption>${title}<b>${name} ${probability}</b></figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-heat': InsideHeat;
  }
}
