/** A grid of numbers as a table, as grids stand in the lesson. */
import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { Grid, Place } from './convolution.ts';
import { valueAt } from './convolution.ts';

export type GridLook = {
  readonly label: string;
  /** Undefined leaves the cell empty. */
  readonly text: (value: number, place: Place) => string | undefined;
  /** Whether the cell is under the window that is looked at. */
  readonly on?: (place: Place) => boolean;
  /** How strongly a value colours its cell, -1 to 1; absent, cells have no colour. */
  readonly strength?: (value: number, place: Place) => number;
};

export function numberGrid(grid: Grid, { label, text, on, strength }: GridLook): TemplateResult {
  const cell = (place: Place): TemplateResult => {
    const value = valueAt(grid, place);
    return html`<td class=${on?.(place) ? 'on' : nothing} .style=${tint(strength?.(value, place) ?? 0)}>
      ${text(value, place)}
    </td>`;
  };
  return html`<table class="grid" aria-label=${label}>
    ${Array.from(
      { length: grid.height },
      (_, row) =>
        html`<tr>
          ${Array.from({ length: grid.width }, (_, column) => cell({ row, column }))}
        </tr>`,
    )}
  </table>`;
}

/** Light enough for the text in it, in both themes. */
function tint(strength: number): string {
  if (strength === 0) return '';
  const colour = strength > 0 ? 'var(--iris)' : 'var(--cold)';
  return `background: color-mix(in oklab, ${colour} ${(Math.abs(strength) * 34).toFixed(0)}%, var(--raised))`;
}
