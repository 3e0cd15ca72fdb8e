/** The figures of a bench of frames, and how they are shown. */
import { quantile } from '../quantile.ts';
import type { FrameTimes } from './measure-frames.ts';

/** As the file has them; `ratio` is tfjs' median / ours. */
export type InferFigures = {
  readonly backend: string;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly tfjs_p50_ms: number;
  readonly ratio: number;
  readonly frames: number;
  readonly tfjs_frames: number;
  readonly longest_task_ms: number;
  readonly first_label_ms: number;
  /** The share of all cores' time that other programs used just before, 0 to 1. */
  readonly others_busy: number;
};

/** Throws an Error when there was no frame. */
export function figuresOf(
  { backend, ours, tfjs, longestTaskMs }: FrameTimes,
  { firstLabelMs, busy }: { readonly firstLabelMs: number; readonly busy: number },
): InferFigures {
  if (ours.length === 0) throw new Error('Nothing was measured: no frame came. Is there a camera?');
  const [p50, tfjsP50] = [quantile(ours, 0.5), quantile(tfjs, 0.5)];
  return {
    backend,
    p50_ms: p50,
    p95_ms: quantile(ours, 0.95),
    tfjs_p50_ms: tfjsP50,
    ratio: tfjsP50 / p50,
    frames: ours.length,
    tfjs_frames: tfjs.length,
    longest_task_ms: longestTaskMs,
    first_label_ms: firstLabelMs,
    others_busy: busy,
  };
}

export function report(figures: InferFigures): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const lines = [
    `camera to label, ${figures.backend}: p50 ${ms(figures.p50_ms)} (≤ 15), p95 ${ms(figures.p95_ms)} (≤ 40), ${String(figures.frames)} frames`,
    `tfjs fromPixels(video) + webgl: p50 ${ms(figures.tfjs_p50_ms)}, ${String(figures.tfjs_frames)} frames: ${figures.ratio.toFixed(1)} times ours (≥ 15)`,
    `longest task of the page while recognising: ${figures.longest_task_ms === 0 ? 'under 50 ms' : ms(figures.longest_task_ms)} (≤ 50)`,
    `first label after the camera's start: ${ms(figures.first_label_ms)} (≤ 2000)`,
    `others used ${(figures.others_busy * 100).toFixed(0)} % of the processor just before`,
  ];
  return `${lines.join('\n')}\n`;
}
