/** What people are shown: curves, grids, tables, progress. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { labelFromText } from '../../../protocol/learning/labels.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import { curveSvg } from '../../../server/report/curve.ts';
import { judge, judgementText } from '../../../server/report/judgement.ts';
import { percent } from '../../../server/report/percent.ts';
import { predictionGrid } from '../../../server/report/prediction-grid.ts';
import { ProgressLine, bar, duration } from '../../../server/report/progress-line.ts';

const epoch = (n: number, accuracy: number, loss: number) =>
  ({
    epoch: n,
    accuracy,
    loss,
    msPerStep: 1,
    waitMsPerStep: 0,
    validationAccuracy: accuracy / 2,
    validationLoss: loss * 1.2,
    seconds: 1,
  }) as const;

describe('the curve', () => {
  it('draws four lines inside their panels, accuracy up to 1 and loss up to a round number', () => {
    const svg = curveSvg([epoch(1, 0, 2.5), epoch(2, 0.5, 1), epoch(3, 1, 0.5)], 'mine');
    const lines = [...svg.matchAll(/points="([^"]+)"/g)].map(([, points = '']) =>
      points.split(' ').map((point) => point.split(',').map(Number)),
    );
    expect(lines[0]).toEqual([
      [60, 300],
      [240, 180],
      [420, 60],
    ]);
    // The largest loss is 3, so the panel goes to 4: 2.5 stands at 300 - 240 * 2.5 / 4.
    expect(lines[2]?.[0]).toEqual([510, 150]);
    expect(lines).toHaveLength(4);
    for (const [, y = NaN] of lines.flat()) expect(y >= 60 && y <= 300).toBe(true);
  });

  it('is a picture for one epoch, for a loss of nothing, and with a title that looks like markup', async () => {
    for (const history of [[epoch(1, 0.5, 1)], [epoch(1, 1, 0), epoch(2, 1, 0)]]) {
      const svg = curveSvg(history, '<b>&"\u0000');
      expect(svg).not.toContain('NaN');
      expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ width: 900, height: 360 });
    }
  });
});

describe('the prediction grid', () => {
  it('draws each picture above bars as long as its probabilities', async () => {
    const red = {
      data: new Uint8Array(30 * 30 * 3).map((_, i) => (i % 3 === 0 ? 255 : 0)),
      width: 30,
      height: 30,
      channels: 3,
    } as const;
    const guesses = [
      { name: '<cup> & "saucer", a very long name', probability: 0.75 },
      { name: 'mug', probability: 0.25 },
    ];
    const png = await predictionGrid([red, red, red].map((pixels) => ({ pixels, guesses })));
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([2 * 248 + 8, 2 * 328 + 8]);
    const at = (x: number, y: number): number[] => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ];
    const ground = at(2, 2);
    expect(at(8 + 120, 8 + 120)).toEqual([255, 0, 0]);
    expect(at(8 + 248 + 120, 8 + 120)).toEqual([255, 0, 0]);
    // The first bar ends at 180 of 240 pixels; its last row of pixels but two is clear of text.
    expect(at(8 + 175, 8 + 240 + 20)).not.toEqual(ground);
    expect(at(8 + 185, 8 + 240 + 20)).toEqual(ground);
    expect(at(8 + 248 + 120, 8 + 328 + 120)).toEqual(ground);
  });

  it('says probabilities in percent', () => {
    expect(percent(0.9123)).toBe('91.2 %');
  });
});

describe('a judgement', () => {
  const label = (text: string): Label => labelFromText(text) ?? { key: text, names: { en: text, it: text } };
  const sureOf = (right: number, of: number): Float32Array =>
    Float32Array.from({ length: of }, (_, i) => (i === right ? 1 : 0));

  it('counts answers and leaves out labels that neither data nor answers hold', () => {
    const judged = judge(
      [0, 0, 1, 1].map((i) => sureOf(i, 4)),
      [0, 0, 1, 0],
      ['cat', 'cup', 'boat', 'car'].map(label),
    );
    expect(judged).toMatchObject({ pictures: 4, accuracy: 0.75 });
    expect(judged.perClass[1]).toMatchObject({ label: 'cup', n: 1, precision: 0.5, recall: 1, f1: 2 / 3 });
    expect(judged.perClass[2]).not.toHaveProperty('recallInterval');
    const text = judgementText(judged);
    // Wilson's interval of 3 of 4 and of 1 of 1, from a table.
    expect(text).toMatch(/^accuracy 0\.750 \(95 % interval 0\.301-0\.954\) of 4 pictures/);
    expect(text).toMatch(/cup +1 +0\.500 +1\.000 +0\.667 +0\.207-1\.000/);
    expect(text).not.toMatch(/boat|car/);
  });

  it('compares what predictions claim with how often they are right', () => {
    const claims = [0.62, 0.68, 0.95, 0.95];
    const judged = judge(
      claims.map((p) => Float32Array.of(p, 1 - p)),
      [0, 1, 0, 0],
      ['cat', 'cup'].map(label),
    );
    const expected = -(Math.log(0.62) + Math.log(0.32) + 2 * Math.log(0.95)) / 4;
    expect(judged.negativeLogLikelihood).toBeCloseTo(expected, 5);
    expect(judged.reliability).toMatchObject([
      { from: 0.6, to: 0.7, n: 2, accuracy: 0.5 },
      { from: 0.9, to: 1, n: 2, accuracy: 1 },
    ]);
    expect(judged.reliability[0]?.confidence).toBeCloseTo(0.65, 6);
    expect(judgementText(judged)).toMatch(/^0\.6-0\.7 +2 +0\.650 +0\.500$/m);
  });

  it('lists the most frequent mistakes where a matrix would be too wide', () => {
    const labels = Array.from({ length: 20 }, (_, i) => label(`thing ${String(i)}`));
    const truths = [...labels.keys(), 3, 3];
    const judged = judge([...labels.map((_, i) => sureOf(i, 20)), sureOf(7, 20), sureOf(7, 20)], truths, labels);
    expect(judgementText(judged)).toMatch(/ 2 {2}thing 3 taken for thing 7/);
  });
});

describe('the progress line', () => {
  const terminal = (isTTY: boolean, now: () => number): { line: ProgressLine; written: string[] } => {
    const written: string[] = [];
    const output = { isTTY, columns: 20, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
    return { line: new ProgressLine(output, now), written };
  };

  it('writes over itself on a terminal, at most ten times a second and never past the edge', () => {
    let now = 0;
    const { line, written } = terminal(true, () => now);
    for (; now < 250; now += 50) line.pass(`step ${String(now)} and a long tail`);
    line.stay('done');
    expect(written).toEqual([
      '\r\u001b[Kstep 0 and a long t',
      '\r\u001b[Kstep 100 and a long',
      '\r\u001b[Kstep 200 and a long',
      '\r\u001b[Kdone\n',
    ]);
  });

  it('writes only what stays into files', () => {
    const { line, written } = terminal(false, () => 0);
    line.pass('step');
    line.stay('done');
    expect(written).toEqual(['done\n']);
  });

  it('shows fractions and durations', () => {
    expect([bar(0, 4), bar(0.5, 4), bar(1, 4)]).toEqual(['[    ]', '[=>  ]', '[===>]']);
    expect([duration(0), duration(59_600), duration(3_723_000)]).toEqual(['0:00', '1:00', '1:02:03']);
  });
});
