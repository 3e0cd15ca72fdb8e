/** The talk's worked example, to step through. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Grid, Place } from './convolution.ts';
import { productsOf, valueAt, windowOf } from './convolution.ts';
import { InsideFigure } from './inside-figure.ts';
import type { FeatureName } from './kernels.ts';
import { features } from './kernels.ts';
import { numberGrid } from './number-grid.ts';
import type { ExampleStep, Phase, Worked } from './worked-example.ts';
import { crossPicture, cut, exampleSteps, poolSide, workedExample } from './worked-example.ts';

// Keys of a const object, in its order.
const featureNames = Object.keys(features) as readonly FeatureName[];
const phases: readonly Phase[] = ['convolution', 'relu', 'pooling'];

@customElement('inside-example')
export class InsideExample extends InsideFigure {
  @state() private feature: FeatureName = 'falling';
  @state() private at = 0;

  static override styles = [
    InsideFigure.styles,
    css`
      #steps {
        display: grid;
        gap: var(--space-4);
        border-radius: var(--radius);
      }
      .grids {
        display: grid;
        gap: var(--space-4);
      }
      .grids figure {
        width: 100%;
        max-width: 430px;
        margin-inline: auto;
      }
      .choice {
        justify-content: space-between;
      }
      .feature {
        width: 96px;
      }
      .said {
        min-height: 4.4em;
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius);
        background: var(--raised);
        font-weight: 600;
      }
      .move {
        justify-content: space-between;
      }
      .move button {
        min-width: 64px;
        font-size: var(--text-large);
      }
      @media (min-width: 700px) {
        .grids {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const step = exampleSteps[this.at] ?? { phase: 'relu' };
    const { before, after } = gridsOf(step, workedExample(this.feature));
    return html`<div class="row choice">
        <fieldset>
          <legend>${words.exampleFeature}</legend>
          ${featureNames.map(
            (name) =>
              html`<button
                aria-pressed=${name === this.feature}
                @click=${() => {
                  this.feature = name;
                }}
              >
                ${words.kernelName[name]}
              </button>`,
          )}
        </fieldset>
        <div class="feature">${this.#grid(features[this.feature], words.exampleFeature, () => false)}</div>
      </div>
      <fieldset>
        ${phases.map(
          (phase) =>
            html`<button
              aria-pressed=${phase === step.phase}
              @click=${() => {
                this.at = exampleSteps.findIndex((one) => one.phase === phase);
              }}
            >
              ${words.examplePhase[phase]}
            </button>`,
        )}
      </fieldset>
      <div id="steps" role="group" tabindex="0" aria-label=${words.exampleTitle} @keydown=${this.#press}>
        <div class="grids">
          <figure>
            ${this.#grid(before, words.exampleBefore[step.phase], (place) => isLookedAt(step, place))}
            <figcaption>${words.exampleBefore[step.phase]}</figcaption>
          </figure>
          <figure>
            ${this.#grid(
              after,
              words.exampleAfter[step.phase],
              (place) => isMade(step, place),
              (place) => isDone(step, place),
            )}
            <figcaption>${words.exampleAfter[step.phase]}</figcaption>
          </figure>
        </div>
        <p class="said number" aria-live="polite">${this.#said(step, before, after)}</p>
        <div class="row move">
          <button
            aria-label=${words.stepBack}
            ?disabled=${this.at === 0}
            @click=${() => {
              this.#go(-1);
            }}
          >
            ←
          </button>
          <span class="soft number" id="step">${words.exampleStep(this.at + 1, exampleSteps.length)}</span>
          <button
            class="primary"
            aria-label=${words.stepOn}
            ?disabled=${this.at === exampleSteps.length - 1}
            @click=${() => {
              this.#go(1);
            }}
          >
            →
          </button>
        </div>
      </div>
      <p class="soft">${words.exampleCut}</p>`;
  }

  #grid(grid: Grid, label: string, on: (place: Place) => boolean, done: (place: Place) => boolean = () => true) {
    return numberGrid(grid, {
      label,
      on,
      text: (value, place) => (done(place) ? this.#cut(value) : undefined),
      strength: (value, place) => (done(place) ? value : 0),
    });
  }

  #said(step: ExampleStep, before: Grid, after: Grid): string {
    const { words } = this;
    switch (step.phase) {
      case 'convolution': {
        const products = productsOf(windowOf(before, 3, step.place), features[this.feature]);
        const terms = products.values.map((value, i) => `${value < 0 ? '−' : i > 0 ? '+' : ''}1`).join(' ');
        return words.exampleConvolution(terms, this.#cut(valueAt(after, step.place)));
      }
      case 'relu':
        return words.exampleRelu;
      case 'pooling': {
        const numbers = windowOf(before, poolSide, poolCorner(step.place)).values.map((value) => this.#cut(value));
        return words.examplePooling(numbers.join(' · '), this.#cut(valueAt(after, step.place)));
      }
      default:
        return step satisfies never;
    }
  }

  /** Whole numbers of the picture and the feature as they are, all others with two decimals. */
  #cut(value: number): string {
    return this.number(cut(value));
  }

  #go(by: number): void {
    this.at = Math.min(exampleSteps.length - 1, Math.max(0, this.at + by));
  }

  readonly #press = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#go(by);
  };
}

function gridsOf({ phase }: ExampleStep, { convolved, rectified, pooled }: Worked): { before: Grid; after: Grid } {
  switch (phase) {
    case 'convolution':
      return { before: crossPicture, after: convolved };
    case 'relu':
      return { before: convolved, after: rectified };
    case 'pooling':
      return { before: rectified, after: pooled };
    default:
      return phase satisfies never;
  }
}

function poolCorner({ row, column }: Place): Place {
  return { row: row * poolSide, column: column * poolSide };
}

/** Whether `place` lies under the window of this step. */
function isLookedAt(step: ExampleStep, { row, column }: Place): boolean {
  if (step.phase === 'relu') return false;
  const pooling = step.phase === 'pooling';
  const corner = pooling ? poolCorner(step.place) : step.place;
  const side = pooling ? poolSide : 3;
  return row >= corner.row && row < corner.row + side && column >= corner.column && column < corner.column + side;
}

/** Whether this step makes the number at `place`. */
function isMade(step: ExampleStep, { row, column }: Place): boolean {
  return step.phase !== 'relu' && row === step.place.row && column === step.place.column;
}

/** Whether the number at `place` is known by now. */
function isDone(step: ExampleStep, { row, column }: Place): boolean {
  return step.phase === 'relu' || row < step.place.row || (row === step.place.row && column <= step.place.column);
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-example': InsideExample;
  }
}
