/** A training as lines in a drawing, and the corrections that came meanwhile as marks in it. Pure. */

type Measured = { readonly step: number; readonly loss: number; readonly accuracy: number };

/** `held`: the newest on pictures that it does not learn from; `waiting`: corrections that have come since it began. */
export type Point = Measured & { readonly held: Measured | null; readonly waiting: number };

/** Of the drawing, without the room for the words. */
export const plot = { left: 40, right: 360, top: 12, bottom: 168 } as const;

/** Two SVG paths. */
export type Lines = { readonly loss: string; readonly accuracy: string };

export type Curve = {
  readonly learned: Lines;
  readonly held: Lines;
  readonly highestLoss: number;
  /** Where corrections came in, and how many more. */
  readonly marks: readonly { readonly x: number; readonly more: number }[];
};

/** Losses from 0 to the highest, accuracies from 0 to 1. At least two points. */
export function curveOf(points: readonly Point[]): Curve {
  const held = heldOf(points);
  const highestLoss = Math.max(...[...points, ...held].map(({ loss }) => loss), 1e-9);
  const [first = 0, last = 1] = [points[0]?.step, points.at(-1)?.step];
  const xOf = (step: number): number =>
    plot.left + ((step - first) / Math.max(1, last - first)) * (plot.right - plot.left);
  const path = (of: readonly Measured[], heightOf: (point: Measured) => number): string =>
    of
      .map((point, i) => {
        const y = plot.bottom - heightOf(point) * (plot.bottom - plot.top);
        return `${i === 0 ? 'M' : 'L'}${xOf(point.step).toFixed(1)} ${y.toFixed(1)}`;
      })
      .join('');
  const lines = (of: readonly Measured[]): Lines => ({
    loss: path(of, ({ loss }) => loss / highestLoss),
    accuracy: path(of, ({ accuracy }) => accuracy),
  });
  return {
    learned: lines(points),
    held: lines(held),
    highestLoss,
    marks: points.flatMap(({ step, waiting }, i) => {
      const more = waiting - (points[i - 1]?.waiting ?? 0);
      return more > 0 ? [{ x: xOf(step), more }] : [];
    }),
  };
}

/** Each once, and none from before the first point. */
function heldOf(points: readonly Point[]): readonly Measured[] {
  const first = points[0]?.step ?? 0;
  return points.flatMap(({ held }, i) =>
    held && held.step >= first && held.step !== points[i - 1]?.held?.step ? [held] : [],
  );
}
