/** What the figures should be, and how the table shows them. */
import type { RowName } from './rows.ts';

/** `least` must be reached, `aim` should be. A ratio has to be at most so large, a gain at least. */
export type Bar = { readonly kind: 'most' | 'least'; readonly least: number; readonly aim: number | null };

const most = (least: number, aim: number): Bar => ({ kind: 'most', least, aim });

/** A step's time, ours / the peer's. Nothing is asked of `head`. */
export const timeBars: Readonly<Partial<Record<RowName, Bar>>> = {
  talk: most(0.85, 0.6),
  'mobile-full': most(1.1, 0.7),
  'mobile-tail': most(0.9, 0.6),
  'mobile-pretrain': most(1.3, 0.8),
  'mobile-pretrain-96': most(1.3, 0.8),
};

/** Peak memory, ours / the peer's. */
export const memoryBar = most(0.8, 0.5);
/** The time on one thread / on two. */
export const threadsBar: Bar = { kind: 'least', least: 1.7, aim: 1.9 };
/** Of the register-only peak. */
export const gemmBar: Bar = { kind: 'least', least: 0.9, aim: 0.95 };
/** tfjs `cpu` / ours. */
export const tfjsBar: Bar = { kind: 'least', least: 500, aim: null };

/** `0.73 ✓ (≤ 0.85, aim 0.60)`; ✓✓: the aim is met, ✓: the least is, ✗: it is not. `–` for what was not measured. */
export function shown(value: number | null, bar: Bar | undefined, digits = 2): string {
  if (value === null) return '–';
  const number = value.toFixed(digits);
  if (!bar) return number;
  const reaches = (bound: number): boolean => (bar.kind === 'most' ? value <= bound : value >= bound);
  const { least, aim } = bar;
  const mark = aim !== null && reaches(aim) ? '✓✓' : reaches(least) ? '✓' : '✗';
  const bounds = `${bar.kind === 'most' ? '≤' : '≥'} ${String(least)}${aim === null ? '' : `, aim ${String(aim)}`}`;
  return `${number} ${mark} (${bounds})`;
}
