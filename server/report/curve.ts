/** The training curve: accuracy and loss by epoch, for training and validation pictures, as SVG. */
import type { EpochResult } from '../training/fit/fit.ts';
import { escapeXml } from './svg-text.ts';

type Series = { readonly name: string; readonly colour: string; readonly values: readonly number[] };

type Panel = {
  readonly left: number;
  readonly title: string;
  readonly top: number;
  readonly series: readonly Series[];
};

/** Of each panel's plot, in pixels. */
const plot = { top: 60, width: 360, height: 240 } as const;
const training = '#2563eb';
const validation = '#ea580c';

/** A drawing of 900 x 360 pixels; `history` has at least one epoch. */
export function curveSvg(history: readonly EpochResult[], title: string): string {
  const losses = history.flatMap(({ loss, validationLoss }) => [loss, validationLoss]);
  const panels: readonly Panel[] = [
    {
      left: 60,
      title: 'accuracy',
      top: 1,
      series: [
        { name: 'acc', colour: training, values: history.map(({ accuracy }) => accuracy) },
        { name: 'val_acc', colour: validation, values: history.map(({ validationAccuracy }) => validationAccuracy) },
      ],
    },
    {
      left: 510,
      title: 'loss',
      top: roundUp(Math.max(0.01, ...losses)),
      series: [
        { name: 'loss', colour: training, values: history.map(({ loss }) => loss) },
        { name: 'val_loss', colour: validation, values: history.map(({ validationLoss }) => validationLoss) },
      ],
    },
  ];
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="360" viewBox="0 0 900 360" font-family="sans-serif" font-size="13" fill="#1f2937">',
    '<rect width="900" height="360" fill="white"/>',
    `<text x="60" y="28" font-size="17">${escapeXml(title)}</text>`,
    ...panels.flatMap((panel) => [
      ...axes(panel, history.length),
      ...panel.series.flatMap((series, i) => line(panel, series, i)),
    ]),
    '</svg>\n',
  ].join('\n');
}

function axes({ left, title, top }: Panel, epochs: number): readonly string[] {
  const bottom = plot.top + plot.height;
  const quarters = [0, 1, 2, 3, 4].flatMap((quarter) => {
    const y = bottom - (plot.height * quarter) / 4;
    return [
      `<path d="M${String(left)} ${String(y)}h${String(plot.width)}" stroke="#e5e7eb"/>`,
      `<text x="${String(left - 8)}" y="${String(y + 4)}" text-anchor="end">${((top * quarter) / 4).toFixed(2)}</text>`,
    ];
  });
  const every = Math.ceil(epochs / 10);
  const ticks = Array.from({ length: epochs }, (_, i) => i)
    .filter((i) => i % every === 0)
    .map(
      (i) => `<text x="${x(left, i, epochs)}" y="${String(bottom + 18)}" text-anchor="middle">${String(i + 1)}</text>`,
    );
  const label = `<text x="${String(left + plot.width / 2)}" y="${String(bottom + 40)}" text-anchor="middle">${title} by epoch</text>`;
  return [...quarters, ...ticks, label];
}

function line({ left, top }: Panel, { name, colour, values }: Series, place: number): readonly string[] {
  const y = (value: number): string => (plot.top + plot.height * (1 - Math.min(1, value / top))).toFixed(1);
  const points = values.map((value, i) => `${x(left, i, values.length)},${y(value)}`);
  const dots = points.map((point) => `<circle cx="${point.replace(',', '" cy="')}" r="3" fill="${colour}"/>`);
  return [
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...dots,
    `<text x="${String(left + 190 + place * 90)}" y="${String(plot.top - 12)}" fill="${colour}">${name}</text>`,
  ];
}

/** The middle of the plot when there is one epoch only. */
function x(left: number, epoch: number, epochs: number): string {
  return (left + plot.width * (epochs > 1 ? epoch / (epochs - 1) : 0.5)).toFixed(1);
}

/** The next of 1, 2, 4 or 8 times a power of ten, so that quarters read well. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 8].find((factor) => factor * power >= value) ?? 10) * power;
}
