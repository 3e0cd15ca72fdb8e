/** A training as two lines in a drawing. Pure. */

export type Point = { readonly step: number; readonly loss: number; readonly accuracy: number };

/** Of the drawing, without the room for the words. */
export const plot = { left: 40, right: 360, top: 12, bottom: 168 } as const;

export type Curve = { readonly loss: string; readonly accuracy: string; readonly highestLoss: number };

/** As the data of two SVG paths: losses from 0 to the highest, accuracies from 0 to 1. At least two points. */
export function curveOf(points: readonly Point[]): Curve {
  const highestLoss = Math.max(...points.map(({ loss }) => loss), 1e-9);
  const [first = 0, last = 1] = [points[0]?.step, points.at(-1)?.step];
  const path = (heightOf: (point: Point) => number): string =>
    points
      .map((point, i) => {
        const x = plot.left + ((point.step - first) / Math.max(1, last - first)) * (plot.right - plot.left);
        const y = plot.bottom - heightOf(point) * (plot.bottom - plot.top);
        return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join('');
  return { loss: path(({ loss }) => loss / highestLoss), accuracy: path(({ accuracy }) => accuracy), highestLoss };
}
