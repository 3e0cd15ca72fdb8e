/** Loss and accuracy of the training that runs, or of the one that made the current version; in numbers, too. */
import type { TemplateResult } from 'lit';
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { History } from '../../../protocol/messages/history.ts';
import type { HubNews } from '../../hub-news.ts';
import type { Point } from './curve.ts';
import { curveOf, plot } from './curve.ts';
import { ModelPart } from './model-part.ts';
import './version-curve.ts';
import { versionPoints } from './version-points.ts';

@customElement('model-training')
export class ModelTraining extends ModelPart {
  @property({ attribute: false }) news!: HubNews;
  @property({ attribute: false }) history!: History | null;

  static override styles = [
    ModelPart.styles,
    css`
      svg {
        display: block;
        width: 100%;
        max-width: 620px;
      }
      path,
      line {
        fill: none;
        stroke-width: 2.5;
        stroke-linejoin: round;
      }
      line {
        stroke: var(--line);
        stroke-width: 1;
      }
      .loss {
        stroke: var(--iris);
      }
      path.held {
        stroke-width: 1.2;
      }
      line.mark {
        stroke: var(--ink-soft);
        stroke-dasharray: 2 3;
      }
      .accuracy {
        stroke: var(--leaf);
        stroke-dasharray: 7 4;
      }
      text {
        fill: var(--ink-soft);
        font: 500 12px var(--font);
      }
      /* Drawn 400 wide, and read at any width. */
      @container (max-width: 270px) {
        text {
          font-size: 14px;
        }
      }
      @container (min-width: 520px) {
        text {
          font-size: 9px;
        }
      }
      text.of-loss {
        fill: var(--iris);
      }
      text.of-accuracy {
        fill: var(--leaf);
      }
      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        margin: 0;
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        --under: var(--surface);
        container-type: inline-size;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const { training, moments } = this.news;
    const kept = this.history?.figures?.curve ?? [];
    const runs = training.kind === 'training';
    const points = runs || kept.length < 2 ? moments : kept;
    const judged = versionPoints(this.history?.versions ?? []);
    return html`<h2>${words.trainingTitle}</h2>
      <figure>
        <figcaption>
          ${
            runs
              ? html`${words.trainingNow(training.step, training.steps)}
                  <progress aria-label=${words.trainingTitle} max=${training.steps} value=${training.step}></progress>`
              : points === kept && this.history
                ? words.trainingOf(this.history.current.version)
                : words.trainingNone
          }
        </figcaption>
        ${points.length > 1 ? this.#drawn(points) : nothing}
      </figure>
      ${judged.length > 1 ? html`<figure><version-curve .points=${judged}></version-curve></figure>` : nothing}`;
  }

  #drawn(points: readonly Point[]) {
    const { words } = this;
    const { learned, held, highestLoss, marks } = curveOf(points);
    const [first, last] = [points[0], points.at(-1)];
    const told = words.chart(
      this.decimals(first?.loss ?? 0),
      this.decimals(last?.loss ?? 0),
      this.percent(last?.accuracy ?? 0),
    );
    const { left, right, top, bottom } = plot;
    return html`<svg viewBox="0 0 400 204" role="img" aria-label=${told}>
        ${[0, 0.5, 1].map((part) => {
          const y = bottom - part * (bottom - top);
          return svg`<line x1=${left} x2=${right} y1=${y} y2=${y}></line>
            <text class="of-loss" x=${left - 6} y=${y + 4} text-anchor="end">${this.number(part * highestLoss, 1)}</text>
            <text class="of-accuracy" x=${right + 6} y=${y + 4}>${this.percent(part)}</text>`;
        })}
        ${marks.map(
          ({ x, more }) =>
            svg`<line class="mark" x1=${x} x2=${x} y1=${top} y2=${bottom}></line>
            <text class="mark" x=${x + 4} y=${top + 10}>${this.more(more)}</text>`,
        )}
        <path class="loss held" d=${held.loss}></path>
        <path class="accuracy held" d=${held.accuracy}></path>
        <path class="loss" d=${learned.loss}></path>
        <path class="accuracy" d=${learned.accuracy}></path>
        <text class="of-loss" x=${left} y="198">— ${words.loss}</text>
        <text class="of-accuracy" x=${right} y="198" text-anchor="end">┄ ${words.accuracy}</text>
        <text x="200" y="186" text-anchor="middle">
          ${words.step} ${this.number(first?.step ?? 0)}–${this.number(last?.step ?? 0)}
        </text>
      </svg>
      <p class="soft">${words.trainingText}</p>
      <details>
        <summary>${words.numbers}</summary>
        ${this.wide(words.trainingTitle, this.#table(points))}
      </details>`;
  }

  #table(points: readonly Point[]): TemplateResult {
    const { words } = this;
    return html`<table>
      <thead>
        <tr>
          ${[words.step, words.loss, words.accuracy, words.heldLoss, words.heldAccuracy, words.cameMeanwhile].map(
            (name) => html`<th scope="col">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${points.map(
          (point) =>
            html`<tr>
              <td>${this.number(point.step)}</td>
              <td>${this.decimals(point.loss)}</td>
              <td>${this.percent(point.accuracy)}</td>
              <td>${point.held ? this.decimals(point.held.loss) : '–'}</td>
              <td>${point.held ? this.percent(point.held.accuracy) : '–'}</td>
              <td>${this.number(point.waiting)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-training': ModelTraining;
  }
}
