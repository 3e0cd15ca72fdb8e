/** The training curve: accuracy and loss by epoch, for training and validation pictures, as SVG. */
import type { EpochResult } from '../training/fit/fit.ts';
import type { Panel } from './panel.ts';
import { axes, line, plot } from './panel.ts';
import { escapeXml } from './svg-text.ts';

type Series = { readonly name: string; readonly colour: string; readonly values: readonly number[] };

const training = '#2563eb';
const validation = '#ea580c';

/** A drawing of 900 x 360 pixels; `history` has at least one epoch. */
export function curveSvg(history: readonly EpochResult[], title: string): string {
  const losses = history.flatMap(({ loss, validationLoss }) => [loss, validationLoss]);
  const ticks = history.map((_, i) => String(i + 1));
  const panels: readonly (Panel & { readonly series: readonly Series[] })[] = [
    {
      left: 60,
      title: 'accuracy by epoch',
      top: 1,
      ticks,
      series: [
        { name: 'acc', colour: training, values: history.map(({ accuracy }) => accuracy) },
        { name: 'val_acc', colour: validation, values: history.map(({ validationAccuracy }) => validationAccuracy) },
      ],
    },
    {
      left: 510,
      title: 'loss by epoch',
      top: roundUp(Math.max(0.01, ...losses)),
      ticks,
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
      ...axes(panel),
      ...panel.series.flatMap(({ name, colour, values }, place) => [
        ...line(panel, values, colour),
        `<text x="${String(panel.left + 190 + place * 90)}" y="${String(plot.top - 12)}" fill="${colour}">${name}</text>`,
      ]),
    ]),
    '</svg>\n',
  ].join('\n');
}

/** The next of 1, 2, 4 or 8 times a power of ten, so that quarters read well. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 8].find((factor) => factor * power >= value) ?? 10) * power;
}
