/** One neuron with three weights to play with. */
import type { TemplateResult } from 'lit';
import { css, html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LiveFigure } from './inside-figure.ts';

const inputs = [0.9, 0.2, 0.6] as const;

@customElement('inside-neuron')
export class InsideNeuron extends LiveFigure {
  @state() private weights: readonly number[] = [0.8, -0.5, 0.3];

  static override styles = [
    LiveFigure.styles,
    css`
      svg {
        width: 100%;
        max-width: 460px;
        margin-inline: auto;
        font: 600 15px var(--font);
      }
      text {
        fill: var(--ink);
        text-anchor: middle;
        dominant-baseline: central;
      }
      .node {
        fill: var(--raised);
        stroke: var(--line);
        stroke-width: 1.5;
      }
      .out {
        fill: color-mix(in oklab, var(--iris) var(--strength), var(--raised));
      }
      path {
        stroke: var(--iris);
        stroke-linecap: round;
      }
      path.against {
        stroke: var(--cold);
      }
      .name {
        fill: var(--ink-soft);
        font-size: 13px;
        font-weight: 500;
      }
      label {
        display: grid;
        grid-template-columns: 5.5em minmax(0, 1fr) 3em;
        align-items: center;
        gap: var(--space-3);
      }
      output {
        text-align: end;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words, weights } = this;
    const sum = inputs.reduce((total, input, i) => total + input * (weights[i] ?? 0), 0);
    const out = Math.max(0, sum);
    const inside = this.newest.peek();
    return html`<svg
        viewBox="0 0 400 200"
        role="img"
        aria-label=${words.neuronPicture(this.number(sum), this.number(out))}
      >
        ${inputs.map((input, i) => this.#input(input, i))}
        <path d="M232 100H318" stroke-width=${1 + 8 * out} opacity=${out > 0 ? 1 : 0.2}></path>
        <circle class="node" cx="206" cy="100" r="34"></circle>
        <text x="206" y="100">${this.number(sum)}</text>
        <text class="name" x="206" y="150">${words.neuronSum}</text>
        <circle class="node out" cx="346" cy="100" r="34" .style=${`--strength: ${(out * 60).toFixed(0)}%`}></circle>
        <text x="346" y="100">${this.number(out)}</text>
        <text class="name" x="346" y="150">${words.neuronOut}</text>
      </svg>
      <div>
        ${weights.map(
          (weight, i) =>
            html`<label
              >${words.neuronWeight(i + 1)}
              <input
                type="range"
                min="-1"
                max="1"
                step="0.1"
                .value=${String(weight)}
                @input=${(event: Event) => {
                  // The listener stands on the range itself.
                  this.weights = weights.with(i, (event.target as HTMLInputElement).valueAsNumber);
                }}
              />
              <output class="number">${this.number(weight, 1)}</output>
            </label>`,
        )}
      </div>
      ${inside ? html`<p class="soft">${words.neuronCount(this.number(inside.weights, 0))}</p>` : nothing}`;
  }

  #input(input: number, i: number) {
    const y = 36 + 64 * i;
    const weight = this.weights[i] ?? 0;
    return svg`<path class=${weight < 0 ? 'against' : ''} d=${`M62 ${String(y)}L178 100`}
        stroke-width=${1 + 8 * Math.abs(weight)} opacity=${weight === 0 ? 0.2 : 1}></path>
      <rect class="node" x="18" y=${y - 22} width="52" height="44" rx="10"></rect>
      <text x="44" y=${y}>${this.number(input)}</text>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-neuron': InsideNeuron;
  }
}
