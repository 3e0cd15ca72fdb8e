/** The picture as the network gets it, some of its numbers, and what comes out at the other end. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import type { Inside } from '../../recognition/inside.ts';
import { answerBars, answerBarsStyle } from './answer-bars.ts';
import type { Grid } from './convolution.ts';
import { gridOf } from './convolution.ts';
import { LiveFigure } from './inside-figure.ts';
import { numberGrid } from './number-grid.ts';
import { paintPicture } from './paint.ts';

/** Points along a side of the part whose numbers are shown. */
const shown = 6;

@customElement('inside-pixels')
export class InsidePixels extends LiveFigure {
  @query('canvas') private readonly canvas!: HTMLCanvasElement | null;

  static override styles = [
    LiveFigure.styles,
    answerBarsStyle,
    css`
      .pair {
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      }
      .picture {
        position: relative;
      }
      .picture i {
        position: absolute;
        inset: var(--from);
        box-shadow:
          0 0 0 2px var(--iris),
          0 0 0 4px rgb(12 9 4 / 0.6);
      }
      .grid td {
        height: 2.4em;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const inside = this.newest.peek();
    if (!inside) return html`<p class="soft">${words.noPicture}</p>`;
    const { picture, prediction } = inside;
    const given = words.pixelsGiven(picture.side);
    const from = `--from: ${((50 * (picture.side - shown)) / picture.side).toFixed(2)}%`;
    return html`<div class="pair">
        <figure>
          <div class="picture" .style=${from}><canvas role="img" aria-label=${given}></canvas><i></i></div>
          <figcaption>${given}</figcaption>
        </figure>
        <figure>
          ${numberGrid(redOf(picture), {
            label: words.pixelsRed,
            text: (value) => this.number(value, 0),
            strength: (value) => value / 255,
          })}
          <figcaption>${words.pixelsRed}</figcaption>
        </figure>
      </div>
      <h3>${words.answers}</h3>
      ${answerBars(
        prediction.answers
          .slice(0, 3)
          .map((answer) => ({ name: this.name(answer), share: this.percent(answer), fraction: answer.probability })),
      )}`;
  }

  protected override updated(): void {
    const inside = this.newest.peek();
    if (inside && this.canvas) paintPicture(this.canvas, inside.picture);
  }
}

/** The red of the points in the middle. */
function redOf({ side, rgb }: Inside['picture']): Grid {
  const from = (side - shown) / 2;
  return gridOf(shown, shown, ({ row, column }) => rgb[((from + row) * side + from + column) * 3] ?? 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-pixels': InsidePixels;
  }
}
