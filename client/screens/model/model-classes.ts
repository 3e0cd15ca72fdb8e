/** Each class: right before and after, how sure one can be, precision, recall and F1. What people taught comes first. */
import type { TemplateResult } from 'lit';
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Figures } from '../../../protocol/messages/history.ts';
import type { Picture } from '../../pictures/picture.ts';
import { picturesLink } from '../../pictures/pictures-link.ts';
import type { ClassFigures } from './class-figures.ts';
import { classFigures } from './class-figures.ts';
import { ModelPart } from './model-part.ts';

@customElement('model-classes')
export class ModelClasses extends ModelPart {
  @property({ attribute: false }) figures: Figures | null = null;
  /** All that are known. */
  @property({ attribute: false }) pictures: readonly Picture[] = [];

  static override styles = [
    ModelPart.styles,
    css`
      svg {
        display: inline-block;
        width: 84px;
        height: 12px;
        vertical-align: -1px;
      }
      @media (max-width: 479px) {
        svg {
          width: 52px;
        }
      }
      .track {
        fill: var(--raised);
        stroke: var(--line);
        stroke-width: 0.5;
      }
      .range {
        fill: var(--iris);
        opacity: 0.45;
      }
      .share {
        fill: var(--iris);
      }
      h3 {
        margin: 0;
        font: 620 var(--text) / 1.3 var(--font);
      }
      p {
        max-width: 44em;
      }
      th:has(a) {
        padding-block: 0;
      }
      a {
        display: grid;
        align-content: center;
        min-height: var(--target);
        color: inherit;
        text-underline-offset: 3px;
      }
      a:focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const all = classFigures(this.figures?.classes ?? []);
    const taught = all.filter((one) => one.taught > 0);
    const shown = new Set(this.pictures.map(({ said }) => said?.label));
    const others = all.filter((one) => one.taught === 0);
    return html`<h2>${words.classesTitle}</h2>
      <p class="soft">${this.figures ? words.classesText : words.classesNone}</p>
      ${
        taught.length > 0
          ? html`<h3>${words.yours}</h3>
              ${this.wide(words.yours, this.#table(taught, shown))}`
          : nothing
      }
      ${
        others.length > 0
          ? html`<details>
              <summary>${words.others(others.length)}</summary>
              ${this.wide(words.others(others.length), this.#table(others, shown))}
            </details>`
          : nothing
      }`;
  }

  /** `shown`: labels of which there are pictures. */
  #table(classes: readonly ClassFigures[], shown: ReadonlySet<unknown>) {
    const { words } = this;
    const columns = [
      words.name,
      words.right,
      words.range,
      words.before,
      words.learnedFrom,
      words.precision,
      words.recall,
      words.f1,
    ];
    return html`<table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${classes.map((one) => this.#row(one, shown.has(one.label)))}
      </tbody>
    </table>`;
  }

  #row(
    { label, taught, n, rightBefore, rightAfter, interval, precision, recall, f1 }: ClassFigures,
    hasPictures: boolean,
  ) {
    const { words } = this;
    const part = (value: number | null): string => (value === null ? '–' : this.percent(value));
    return html`<tr data-label=${label}>
      <th scope="row">
        ${
          hasPictures
            ? html`<a href=${picturesLink({ label })} title=${words.openClass}>${this.name(label)}</a>`
            : this.name(label)
        }
      </th>
      <td>${n > 0 ? words.of(rightAfter, n) : '–'}</td>
      <td>${n > 0 ? html`${this.#bar(rightAfter / n, interval)} ${this.#between(interval)}` : '–'}</td>
      <td>${n > 0 ? words.of(rightBefore, n) : '–'}</td>
      <td>${this.number(taught)}</td>
      <td>${part(precision)}</td>
      <td>${part(recall)}</td>
      <td>${part(f1)}</td>
    </tr>`;
  }

  #between({ low, high }: ClassFigures['interval']): string {
    return this.words.between(this.percent(low), this.percent(high));
  }

  #bar(share: number, { low, high }: ClassFigures['interval']) {
    return svg`<svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" x="0" y="4" width="100" height="6"></rect>
      <rect class="range" x=${100 * low} y="4" width=${100 * (high - low)} height="6"></rect>
      <rect class="share" x=${Math.max(0, 100 * share - 3)} y="0" width="3" height="14"></rect>
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-classes': ModelClasses;
  }
}
