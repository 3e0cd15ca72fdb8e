/** Accuracy over corrections, a line for each method, as SVG. */
import { BadInput } from '../bad-input.ts';
import { replaceFile } from '../models/replace-file.ts';
import { axes, line, x, y } from '../report/panel.ts';
import type { Panel } from '../report/panel.ts';
import { escapeXml } from '../report/svg-text.ts';
import type { ReplayResult } from './replay.ts';
import type { Estimate } from './statistics.ts';

/** Of equal lightness or nearly, and apart for people who see few colours. */
const colours = ['#2563eb', '#0891b2', '#6b7280', '#ea580c', '#a16207', '#be185d'];

/** A drawing of 640 x 360 pixels, with the 95 % intervals as bars. */
export function learningCurvesSvg({ budgets, methods, ask }: ReplayResult, title: string): string {
  const all = Object.entries(methods);
  const largest = Math.max(
    0.01,
    ...all.flatMap(([, { accuracy }]) => accuracy.map(([mean, half]) => mean + (half ?? 0))),
  );
  const panel: Panel = {
    left: 60,
    title: `accuracy by ${ask === 'mistakes' ? 'corrections' : 'labels'}`,
    top: Math.min(1, Math.ceil(largest * 5) / 5),
    ticks: budgets.map(String),
  };
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360" font-family="sans-serif" font-size="13" fill="#1f2937">',
    '<rect width="640" height="360" fill="white"/>',
    `<text x="60" y="28" font-size="17">${escapeXml(title)}</text>`,
    ...axes(panel),
    ...all.flatMap(([name, { accuracy }], i) => {
      const colour = colours[i % colours.length] ?? '';
      return [
        ...intervals(panel, accuracy, colour),
        ...line(
          panel,
          accuracy.map(([mean]) => mean),
          colour,
        ),
        `<text x="445" y="${String(80 + i * 22)}" fill="${colour}">${escapeXml(name)}</text>`,
      ];
    }),
    '</svg>\n',
  ].join('\n');
}

function intervals({ left, top }: Panel, estimates: readonly Estimate[], colour: string): readonly string[] {
  return estimates.flatMap(([mean, half], i) =>
    half === null
      ? []
      : [
          `<path d="M${x(left, i, estimates.length)} ${y(mean - half, top)}V${y(mean + half, top)}" stroke="${colour}" stroke-opacity="0.5"/>`,
        ],
  );
}

/** Rejects with BadInput when the file that a person named cannot be written. */
export async function writeLearningCurves(path: string, result: ReplayResult, title: string): Promise<void> {
  await replaceFile(path, learningCurvesSvg(result, title)).catch((cause: unknown) => {
    throw new BadInput(`${path} cannot be written: ${String(cause)}`);
  });
}
