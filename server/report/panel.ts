/** A drawn diagram of lines over equally spaced ticks, as parts of an SVG. */

export type Panel = {
  /** Of the plot's corner, in pixels. */
  readonly left: number;
  /** Named below the ticks. */
  readonly title: string;
  /** The value at the upper edge; the lower one is 0. */
  readonly top: number;
  /** By place, from the left: what is written below; at most about ten are. */
  readonly ticks: readonly string[];
};

/** Of each panel's plot, in pixels. */
export const plot = { top: 60, width: 360, height: 240 } as const;

/** Horizontal lines at quarters of the top with their values, ticks, and the title. */
export function axes({ left, title, top, ticks }: Panel): readonly string[] {
  const bottom = plot.top + plot.height;
  const quarters = [0, 1, 2, 3, 4].flatMap((quarter) => {
    const y = bottom - (plot.height * quarter) / 4;
    return [
      `<path d="M${String(left)} ${String(y)}h${String(plot.width)}" stroke="#e5e7eb"/>`,
      `<text x="${String(left - 8)}" y="${String(y + 4)}" text-anchor="end">${((top * quarter) / 4).toFixed(2)}</text>`,
    ];
  });
  const every = Math.ceil(ticks.length / 10);
  const shown = ticks
    .map(
      (tick, i) =>
        `<text x="${x(left, i, ticks.length)}" y="${String(bottom + 18)}" text-anchor="middle">${tick}</text>`,
    )
    .filter((_, i) => i % every === 0);
  const label = `<text x="${String(left + plot.width / 2)}" y="${String(bottom + 40)}" text-anchor="middle">${title}</text>`;
  return [...quarters, ...shown, label];
}

/** A line with a dot at each of `values`, one for each tick; a value above the panel's top is drawn at the top. */
export function line({ left, top }: Panel, values: readonly number[], colour: string): readonly string[] {
  const points = values.map((value, i) => `${x(left, i, values.length)},${y(value, top)}`);
  const dots = points.map((point) => `<circle cx="${point.replace(',', '" cy="')}" r="3" fill="${colour}"/>`);
  return [`<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`, ...dots];
}

/** The middle of the plot when there is one tick only. */
export function x(left: number, place: number, ticks: number): string {
  return (left + plot.width * (ticks > 1 ? place / (ticks - 1) : 0.5)).toFixed(1);
}

export function y(value: number, top: number): string {
  return (plot.top + plot.height * (1 - Math.max(0, Math.min(1, value / top)))).toFixed(1);
}
