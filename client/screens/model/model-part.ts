/** What all parts of "Model" share: its words, how numbers are written, the look of tables. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import type { Label } from '../../../protocol/learning/labels.ts';
import { labelsContext } from '../../contexts.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { nameOf, percent } from '../../i18n/messages.ts';
import type { ModelWords } from './words.ts';
import { modelWords } from './words.ts';

export abstract class ModelPart extends OcchioElement {
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        align-content: start;
        min-width: 0;
      }
      /* A shadow lies at the side where more can be scrolled to. */
      .wide {
        overflow-x: auto;
        background:
          linear-gradient(to right, var(--under, var(--ground)) 30%, transparent) left / 28px 100% local,
          linear-gradient(to left, var(--under, var(--ground)) 30%, transparent) right / 28px 100% local,
          radial-gradient(farthest-side at 0 50%, var(--depth), transparent) left / 10px 100% scroll,
          radial-gradient(farthest-side at 100% 50%, var(--depth), transparent) right / 10px 100% scroll;
        background-repeat: no-repeat;
      }
      .wide:focus-visible {
        outline: 3px solid var(--iris);
        outline-offset: 2px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: var(--space-2);
        border-block-end: 1px solid var(--line);
        font-weight: 500;
        text-align: end;
        white-space: nowrap;
      }
      thead th {
        color: var(--ink-soft);
        vertical-align: bottom;
      }
      :is(th, td):first-child {
        padding-inline-start: 0;
        text-align: start;
      }
      :is(th, td):last-child {
        padding-inline-end: 0;
      }
      tbody tr:last-child > * {
        border: 0;
      }
      tbody th {
        min-width: 6.5em;
        max-width: 11em;
        font-weight: 620;
        overflow-wrap: break-word;
        white-space: normal;
      }
    `,
  ];

  protected get words(): ModelWords {
    return modelWords();
  }

  /** What a label is called. */
  protected name(key: string): string {
    return nameOf(this.labels, key, this.locale.language);
  }

  /** Rounded to at most `digits` decimals. */
  protected number(value: number, digits = 0): string {
    return new Intl.NumberFormat(this.locale.language, { maximumFractionDigits: digits }).format(value);
  }

  /** Rounded to exactly two decimals, for loss. */
  protected decimals(value: number): string {
    return new Intl.NumberFormat(this.locale.language, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    }).format(value);
  }

  protected percent(fraction: number): string {
    return percent(fraction, this.locale.language);
  }

  /** How many more, with a sign. */
  protected more(value: number): string {
    return new Intl.NumberFormat(this.locale.language, { signDisplay: 'exceptZero' }).format(value);
  }

  /** A table that is wider than a phone: it scrolls by itself, with the keyboard, too. */
  protected wide(name: string, table: TemplateResult): TemplateResult {
    return html`<div class="wide" tabindex="0" role="region" aria-label=${name}>${table}</div>`;
  }
}
