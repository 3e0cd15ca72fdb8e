/** What was taken for what: only the labels that were mixed up. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Figures } from '../../../protocol/messages/history.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { ConfusionTable } from './confusion-table.ts';
import { confusionTable, picturesOfCell } from './confusion-table.ts';
import { ModelPart } from './model-part.ts';

@customElement('model-confusions')
export class ModelConfusions extends ModelPart {
  @property({ attribute: false }) figures!: Figures;
  /** All that are known. */
  @property({ attribute: false }) pictures: readonly Picture[] = [];

  static override styles = [
    ModelPart.styles,
    css`
      table {
        width: auto;
      }
      :is(th, td):is(:not(:first-child)) {
        padding-inline: var(--space-2);
        text-align: center;
      }
      thead th {
        max-width: 6.5em;
        overflow-wrap: break-word;
        white-space: normal;
      }
      td {
        min-width: 2.6em;
      }
      td:has(a) {
        padding: 0;
      }
      a {
        display: grid;
        place-items: center;
        min-width: var(--target);
        min-height: var(--target);
        color: inherit;
        text-underline-offset: 3px;
      }
      a:focus-visible {
        outline-offset: -3px;
      }
      td.right {
        color: var(--leaf);
        font-weight: 650;
      }
      td.wrong {
        background: color-mix(in srgb, var(--warn) 14%, transparent);
        font-weight: 650;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words } = this;
    const table = confusionTable(this.figures);
    return html`<h2>${words.confusionsTitle}</h2>
      <p class="soft">${table.labels.length > 0 ? words.confusionsText : words.confusionsNone}</p>
      ${table.labels.length > 0 ? this.wide(words.confusionsTitle, this.#matrix(table)) : nothing}
      <p class="soft">
        ${table.elsewhere > 0 ? words.elsewhere(table.elsewhere) : nothing}
        ${table.clean > 0 ? words.clean(table.clean) : nothing}
      </p>`;
  }

  #matrix({ labels, counts }: ConfusionTable) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${this.words.truth}</th>
          ${labels.map((label) => html`<th scope="col">${this.name(label)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${labels.map(
          (label, i) =>
            html`<tr>
              <th scope="row">${this.name(label)}</th>
              ${counts[i]?.map(
                (n, j) =>
                  html`<td class=${i === j ? 'right' : n > 0 ? 'wrong' : nothing}>
                    ${n > 0 ? this.#cell(n, label, labels[j] ?? '') : '·'}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** The number, and the way to pictures where there are any. */
  #cell(n: number, truth: string, answer: string) {
    const { words } = this;
    const behind = picturesOfCell(this.pictures, this.figures, truth, answer);
    if (!behind) return this.number(n);
    const [name, other] = [this.name(truth), this.name(answer)];
    const text =
      truth === answer ? words.openAll(n, behind.count, name) : words.openMistaken(n, behind.count, name, other);
    return html`<a href=${behind.href} aria-label=${text}>${this.number(n)}</a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-confusions': ModelConfusions;
  }
}
