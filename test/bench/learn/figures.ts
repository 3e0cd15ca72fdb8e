/** The figures of a bench of the fast learner, and how they are shown. */
import { quantile } from '../quantile.ts';
import type { LearnTimes } from './learn-page.ts';

/** As the file has them. */
export type LearnFigures = {
  readonly backend: string;
  /** So many make the head. */
  readonly examples: number;
  /** One more correction of a frozen frame, from the word until it is durable and the head knows it. */
  readonly learn_p50_ms: number;
  readonly learn_p95_ms: number;
  /** The same of a picture that the device has not looked at before. */
  readonly unseen_p50_ms: number;
  readonly unseen_p95_ms: number;
  /** The fit of the head alone. */
  readonly fit_p50_ms: number;
  readonly fit_p95_ms: number;
  /** The larger share of all cores' time that other programs used just before and just after, 0 to 1. */
  readonly others_busy: number;
};

export function figuresOf(
  { backend, learn, unseen, fit }: LearnTimes,
  { examples, busy }: { readonly examples: number; readonly busy: number },
): LearnFigures {
  return {
    backend,
    examples,
    learn_p50_ms: quantile(learn, 0.5),
    learn_p95_ms: quantile(learn, 0.95),
    unseen_p50_ms: quantile(unseen, 0.5),
    unseen_p95_ms: quantile(unseen, 0.95),
    fit_p50_ms: quantile(fit, 0.5),
    fit_p95_ms: quantile(fit, 0.95),
    others_busy: busy,
  };
}

export function report(figures: LearnFigures): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const lines = [
    `one more correction, ${String(figures.examples)} examples, ${figures.backend}: p50 ${ms(figures.learn_p50_ms)}, p95 ${ms(figures.learn_p95_ms)} (≤ 50)`,
    `the same of a picture not looked at before: p50 ${ms(figures.unseen_p50_ms)}, p95 ${ms(figures.unseen_p95_ms)}`,
    `the fit of the head alone: p50 ${ms(figures.fit_p50_ms)}, p95 ${ms(figures.fit_p95_ms)}`,
    `others used ${(figures.others_busy * 100).toFixed(0)} % of the processor just before or just after`,
  ];
  return `${lines.join('\n')}\n`;
}
