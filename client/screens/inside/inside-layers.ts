/** The live network from top to bottom, with the maps of every layer. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { StepMaps } from '../../recognition/inside.ts';
import { answerBars, answerBarsStyle } from './answer-bars.ts';
import { LiveFigure } from './inside-figure.ts';
import type { LayerGroup } from './layer-groups.ts';
import { layerGroups } from './layer-groups.ts';
import { layerName, layerText } from './layer-words.ts';
import { paintMaps, paintPicture } from './paint.ts';

@customElement('inside-layers')
export class InsideLayers extends LiveFigure {
  /** Canvases that can be seen now: the others are not drawn. */
  readonly #inView = new Set<Element>();
  readonly #seen = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting) this.#inView.delete(target);
      else {
        this.#inView.add(target);
        this.#paint(target);
      }
    }
  });

  static override styles = [
    LiveFigure.styles,
    answerBarsStyle,
    css`
      ol.network {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr));
        gap: var(--space-3);
        align-items: start;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .network > li {
        display: grid;
        gap: var(--space-3);
        min-width: 0;
        padding: var(--space-3);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .given {
        width: 50%;
      }
      h3 {
        color: var(--ink);
        font-weight: 650;
      }
      .step {
        display: grid;
        gap: var(--space-1);
      }
      .name {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--space-3);
        font-weight: 600;
      }
      .step p,
      .shape {
        color: var(--ink-soft);
        font: 500 var(--text-small) / 1.4 var(--font);
      }
      canvas.vector {
        height: 26px;
      }
      summary {
        border-radius: 8px;
        color: var(--ink);
        font-weight: 650;
      }
      summary::after {
        margin-inline-end: var(--space-1);
        color: var(--ink-soft);
      }
      summary .shape {
        margin-inline-start: auto;
      }
      details .step {
        padding-block-start: var(--space-3);
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const inside = this.newest.peek();
    if (!inside) return html`<p class="soft">${words.noPicture}</p>`;
    const given = words.pixelsGiven(inside.picture.side);
    const bars = inside.prediction.answers.map((answer) => ({
      name: this.name(answer),
      share: this.percent(answer),
      fraction: answer.probability,
    }));
    return html`<ol class="network">
      <li>
        <h3>${given}</h3>
        <canvas class="given" role="img" aria-label=${given}></canvas>
      </li>
      ${layerGroups(inside.steps).map((group) => html`<li>${this.#group(group)}</li>`)}
      <li>
        <h3>${words.softmax}</h3>
        <p class="soft">${words.softmaxText}</p>
        ${answerBars(bars)}
      </li>
    </ol>`;
  }

  protected override updated(): void {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) this.#seen.observe(canvas);
    for (const canvas of this.#inView) this.#paint(canvas);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#inView.clear();
  }

  #paint(canvas: Element): void {
    const inside = this.newest.peek();
    if (!inside || !(canvas instanceof HTMLCanvasElement)) return;
    const step = inside.steps[Number(canvas.dataset['step'])];
    if (step) paintMaps(canvas, step);
    else paintPicture(canvas, inside.picture);
  }

  /** A block shows what leaves it, and its layers when it is opened; a layer that stands alone shows all. */
  #group({ name, steps }: LayerGroup) {
    const { words } = this;
    const last = steps.at(-1);
    if (!last || !last.layer.name.includes('/')) return steps.map((step) => this.#step(step));
    const title = words.block(/\d+/.exec(name)?.[0] ?? name);
    return html`${this.#maps(last, title)}
      <details>
        <summary>${title}<span class="shape number">${shapeText(last)}</span></summary>
        ${steps.map((step) => this.#step(step))}
      </details>`;
  }

  #step(step: StepMaps) {
    const { words } = this;
    const name = layerName(step, words);
    const isVector = step.shape.length === 1;
    const [drawn, all, of] = isVector
      ? [step.width, step.shape[0] ?? 0, words.layersValues]
      : [step.maps, step.shape[2] ?? 0, words.layersOf];
    return html`<div class="step">
      <div class="name"><span>${name}</span><span class="shape number">${shapeText(step)}</span></div>
      ${this.#maps(step, name)}
      ${drawn < all ? html`<span class="shape">${of(this.number(drawn), this.number(all))}</span>` : nothing}
      <p>${layerText(step, words)}</p>
    </div>`;
  }

  #maps(step: StepMaps, name: string) {
    const at = this.newest.peek()?.steps.indexOf(step);
    return html`<canvas
      data-step=${at}
      class=${step.shape.length === 1 ? 'vector' : nothing}
      role="img"
      aria-label=${this.words.layersMaps(name)}
    ></canvas>`;
  }
}

function shapeText({ shape }: StepMaps): string {
  return shape.join(' × ');
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-layers': InsideLayers;
  }
}
