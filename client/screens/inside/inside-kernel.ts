/** A kernel over the live picture: the window that a finger or the arrow keys move, its numbers, and the map that comes out. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Grid, Place } from './convolution.ts';
import { convolve, productsOf, sumOf, windowOf } from './convolution.ts';
import { greyOf } from './grey.ts';
import { LiveFigure } from './inside-figure.ts';
import type { KernelName } from './kernels.ts';
import { kernels } from './kernels.ts';
import { numberGrid } from './number-grid.ts';
import { paintGrid } from './paint.ts';

/** Points along a side of the picture here: few enough that one can see them. */
const side = 28;
const kernelSide = 3;
const places = side - kernelSide + 1;

const moves: Readonly<Record<string, Place>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

@customElement('inside-kernel')
export class InsideKernel extends LiveFigure {
  @state() private kernel: KernelName = 'upright';
  @state() private place: Place = { row: 10, column: 10 };
  @query('#picture canvas') private readonly picture!: HTMLCanvasElement | null;
  @query('#map canvas') private readonly map!: HTMLCanvasElement | null;

  static override styles = [
    LiveFigure.styles,
    css`
      .under {
        position: relative;
        border-radius: 6px;
      }
      #picture {
        cursor: crosshair;
        touch-action: none;
      }
      .under i {
        position: absolute;
        inset: var(--top) auto auto var(--left);
        width: var(--size);
        height: var(--size);
        border-radius: 2px;
        box-shadow:
          0 0 0 2px var(--mark),
          0 0 0 4px rgb(12 9 4 / 0.65);
        pointer-events: none;
      }
      .numbers {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--space-3);
      }
      .sum {
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius);
        background: var(--raised);
        font-weight: 650;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words, kernel } = this;
    const grey = this.#grey();
    return html`<fieldset>
        <legend>${words.kernelChoice}</legend>
        ${kernelNames.map(
          (name) =>
            html`<button
              aria-pressed=${name === kernel}
              @click=${() => {
                this.kernel = name;
              }}
            >
              ${words.kernelName[name]}
            </button>`,
        )}
      </fieldset>
      ${grey ? this.#sliding(grey) : html`<p class="soft">${words.noPicture}</p>`}`;
  }

  protected override updated(): void {
    const grey = this.#grey();
    if (!grey || !this.picture || !this.map) return;
    paintGrid(this.picture, grey, 'grey');
    const map = convolve(grey, kernels[this.kernel]);
    const largest = map.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0.05);
    paintGrid(this.map, { ...map, values: map.values.map((value) => value / largest) }, 'signed');
  }

  #grey(): Grid | undefined {
    const inside = this.newest.peek();
    return inside ? greyOf(inside.picture, side) : undefined;
  }

  #sliding(grey: Grid) {
    const { words, place } = this;
    const kernel = kernels[this.kernel];
    const window = windowOf(grey, kernelSide, place);
    const products = productsOf(window, kernel);
    const sum = sumOf(products);
    const grid = (numbers: Grid, caption: string) =>
      html`<figure>
        ${numberGrid(numbers, { label: caption, text: (value) => this.number(value, 1), strength: (value) => value })}
        <figcaption>${caption}</figcaption>
      </figure>`;
    return html`<div class="pair">
        <figure>
          <div
            class="under"
            id="picture"
            role="group"
            tabindex="0"
            aria-label=${words.kernelPicture}
            aria-describedby="how"
            .style=${marked(place, side, kernelSide)}
            @keydown=${this.#press}
            @pointerdown=${this.#point}
            @pointermove=${this.#drag}
          >
            <canvas role="img" aria-label=${words.kernelPicture}></canvas><i></i>
          </div>
          <figcaption aria-live="polite" id="place">${words.kernelPlace(place.row + 1, place.column + 1)}</figcaption>
        </figure>
        <figure>
          <div class="under" id="map" .style=${marked(place, places, 1)}>
            <canvas role="img" aria-label=${words.kernelMap}></canvas><i></i>
          </div>
          <figcaption>${words.kernelMap}</figcaption>
        </figure>
      </div>
      <p class="soft" id="how">${words.kernelHow}</p>
      <div class="numbers">
        ${grid(window, words.kernelWindow)} ${grid(kernel, words.kernelNumbers)} ${grid(products, words.kernelProducts)}
      </div>
      <p class="sum number">${words.kernelSum(this.number(sum), this.number(sum / kernel.values.length))}</p>`;
  }

  #moveTo({ row, column }: Place): void {
    const within = (at: number): number => Math.min(places - 1, Math.max(0, at));
    this.place = { row: within(row), column: within(column) };
  }

  readonly #press = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#moveTo({ row: this.place.row + move.row, column: this.place.column + move.column });
  };

  readonly #point = (event: PointerEvent): void => {
    // The listener stands on the picture.
    const picture = event.currentTarget as HTMLElement;
    picture.setPointerCapture(event.pointerId);
    const { left, top, width, height } = picture.getBoundingClientRect();
    const at = (length: number, of: number): number => Math.floor((length / of) * side) - 1;
    this.#moveTo({ row: at(event.clientY - top, height), column: at(event.clientX - left, width) });
  };

  readonly #drag = (event: PointerEvent): void => {
    if (event.buttons > 0) this.#point(event);
  };
}

// Keys of a const object, in its order.
const kernelNames = Object.keys(kernels) as readonly KernelName[];

/** Where a window of `size` at `place` lies in a picture of `of` points. */
function marked({ row, column }: Place, of: number, size: number): string {
  const percent = (points: number): string => `${((100 * points) / of).toFixed(3)}%`;
  return `--top: ${percent(row)}; --left: ${percent(column)}; --size: ${percent(size)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-kernel': InsideKernel;
  }
}
