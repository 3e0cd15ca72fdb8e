/** How the versions did on pictures that none of them learned from, one after the other, with the corrections between them. */
import type { TemplateResult } from 'lit';
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plot } from './curve.ts';
import { ModelPart } from './model-part.ts';
import type { VersionPoint } from './version-points.ts';

const { left, right, top, bottom } = plot;
const yOf = (part: number): number => bottom - part * (bottom - top);

@customElement('version-curve')
export class VersionCurve extends ModelPart {
  /** Oldest first; at least two. */
  @property({ attribute: false }) points: readonly VersionPoint[] = [];

  static override styles = [
    ModelPart.styles,
    css`
      h3 {
        margin: 0;
        font: 620 var(--text) / 1.3 var(--font);
      }
      svg {
        display: block;
        width: 100%;
        max-width: 620px;
      }
      line,
      path {
        fill: none;
        stroke: var(--line);
      }
      path {
        stroke: var(--leaf);
        stroke-width: 2.5;
        stroke-linejoin: round;
      }
      line.range {
        stroke: var(--leaf);
        stroke-width: 5;
        stroke-linecap: round;
        opacity: 0.3;
      }
      circle {
        fill: var(--leaf);
        stroke: var(--leaf);
        stroke-width: 2.5;
      }
      .refused line.range {
        stroke: var(--warn);
      }
      .refused circle {
        fill: var(--surface);
        stroke: var(--warn);
      }
      text {
        fill: var(--ink-soft);
        font: 500 12px var(--font);
      }
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
      text.version {
        fill: var(--ink);
        font-weight: 650;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words, points } = this;
    const [first, last] = [points[0], points.at(-1)];
    const [from, to] = [first, last].map((one) => (one ? this.#told(one) : ''));
    return html`<h3>${words.versionCurve}</h3>
      <svg viewBox="0 0 400 212" role="img" aria-label=${words.versionChart(from ?? '', to ?? '')}>
        ${[0, 0.5, 1].map(
          (part) =>
            svg`<line x1=${left} x2=${right} y1=${yOf(part)} y2=${yOf(part)}></line>
            <text x=${left - 6} y=${yOf(part) + 4} text-anchor="end">${this.percent(part)}</text>`,
        )}
        <path d=${this.#path()}></path>
        ${points.map((point, i) => this.#point(point, this.#x(i)))}
      </svg>
      <p class="soft">${words.versionCurveText}</p>
      <details>
        <summary>${words.numbers}</summary>
        ${this.wide(words.versionCurve, this.#table())}
      </details>`;
  }

  #told({ version, right, n }: VersionPoint): string {
    return `${this.words.version(version)}: ${this.words.of(right, n)}`;
  }

  #x(i: number): number {
    const step = (right - left) / this.points.length;
    return left + step * (i + 0.5);
  }

  /** From each version that went to devices to the next one that did. */
  #path(): string {
    return this.points
      .flatMap((point, i) =>
        point.refused ? [] : [`${this.#x(i).toFixed(1)} ${yOf(point.right / point.n).toFixed(1)}`],
      )
      .map((place, i) => `${i === 0 ? 'M' : 'L'}${place}`)
      .join('');
  }

  #point(point: VersionPoint, x: number) {
    const { interval, version, refused } = point;
    return svg`<g class=${refused ? 'refused' : nothing} data-version=${version}>
      <line class="range" x1=${x} x2=${x} y1=${yOf(interval.low)} y2=${yOf(interval.high)}></line>
      <circle cx=${x} cy=${yOf(point.right / point.n)} r="4.5"></circle>
      <text class="version" x=${x} y="188" text-anchor="middle">v${version}</text>
      <text x=${x} y="205" text-anchor="middle">${this.#more(point)}</text>
    </g>`;
  }

  #more({ moreCorrections }: VersionPoint): string {
    return moreCorrections === null ? '–' : this.more(moreCorrections);
  }

  #table(): TemplateResult {
    const { words } = this;
    const columns = [words.versionsTitle, words.moreCorrections, words.right, words.range];
    return html`<table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${this.points.map(
          (point) =>
            html`<tr>
              <th scope="row">${(point.refused ? words.candidate : words.version)(point.version)}</th>
              <td>${this.#more(point)}</td>
              <td>${words.of(point.right, point.n)}</td>
              <td>${words.between(this.percent(point.interval.low), this.percent(point.interval.high))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'version-curve': VersionCurve;
  }
}
