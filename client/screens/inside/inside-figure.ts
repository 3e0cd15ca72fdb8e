/** What all figures of "Inside" share: its words, the look of numbers and canvases, and the live view that some show. */
import { consume } from '@lit/context';
import { css } from 'lit';
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Readable } from '../../cell.ts';
import { labelsContext } from '../../contexts.ts';
import { CellController } from '../../controllers/cell-controller.ts';
import { OnScreenController } from '../../controllers/on-screen-controller.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { nameOf, percent } from '../../i18n/messages.ts';
import type { Answer } from '../../recognition/api.ts';
import type { Inside } from '../../recognition/inside.ts';
import type { InsideWords } from './words.ts';
import { insideWords } from './words.ts';

export abstract class InsideFigure extends OcchioElement {
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        align-content: start;
        min-width: 0;
      }
      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
        align-content: start;
        min-width: 0;
        margin: 0;
      }
      figcaption,
      h3,
      legend {
        padding: 0;
        margin: 0;
        color: var(--ink-soft);
        font: 550 var(--text-small) / 1.35 var(--font);
      }
      canvas {
        display: block;
        width: 100%;
        border-radius: 6px;
        background: #14161b;
        image-rendering: pixelated;
      }
      table {
        border-collapse: separate;
        border-spacing: 2px;
        table-layout: fixed;
        width: 100%;
        font: 500 var(--text-number) / 1 var(--font);
        font-variant-numeric: tabular-nums;
      }
      .grid td {
        height: 2.1em;
        padding: 0;
        border-radius: 4px;
        background: var(--raised);
        text-align: center;
      }
      .grid td.on {
        box-shadow: 0 0 0 2px var(--iris);
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--space-3);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      .number {
        font-variant-numeric: tabular-nums;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      fieldset button {
        padding-inline: var(--space-3);
        font-size: var(--text-small);
      }
      legend {
        padding-block-end: var(--space-2);
      }
      button[aria-pressed='true'] {
        border-color: transparent;
        background: var(--ink);
        color: var(--ground);
      }
      input[type='range'] {
        min-width: 0;
        height: var(--target);
        margin: 0;
        accent-color: var(--iris);
      }
    `,
  ];

  protected get words(): InsideWords {
    return insideWords();
  }

  /** Rounded to at most `digits` decimals. */
  protected number(value: number, digits = 2): string {
    return new Intl.NumberFormat(this.locale.language, {
      maximumFractionDigits: digits,
      signDisplay: 'negative',
    }).format(value);
  }

  /** Rounded to exactly two decimals. */
  protected decimals(value: number): string {
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' } as const;
    return new Intl.NumberFormat(this.locale.language, digits).format(value);
  }

  protected name({ key }: Answer): string {
    return nameOf(this.labels, key, this.locale.language);
  }

  protected percent({ probability }: Answer): string {
    return percent(probability, this.locale.language);
  }

  /** Renders again when one of `cells` changes. To be called before the element is connected for the first time. */
  protected follow(...cells: readonly Readable<unknown>[]): void {
    new CellController(this, cells);
  }
}

/** A figure of the live network: the newest look inside comes through a cell, a few times a second. */
export abstract class LiveFigure extends InsideFigure {
  /** Set once, before the element is put on the page. */
  newest!: Readable<Inside | null>;
  readonly #onScreen = new OnScreenController(this);
  #hasShown = false;

  override connectedCallback(): void {
    if (!this.hasUpdated) this.follow(this.newest);
    super.connectedCallback();
  }

  /** What nobody sees need not be drawn again until it comes into view; once, so that the page has its length. */
  protected override shouldUpdate(): boolean {
    const isDue = this.#onScreen.visible || !this.#hasShown;
    this.#hasShown ||= this.newest.peek() !== null;
    return isDue;
  }
}
