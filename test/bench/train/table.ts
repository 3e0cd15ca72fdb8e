/** The figures for people. */
import { gemmBar, memoryBar, shown, tfjsBar, threadsBar, timeBars } from './bars.ts';
import type { GemmFigures } from './gemm.ts';
import type { RowFigures } from './measure-row.ts';
import type { TfjsFigures } from './tfjs-cpu.ts';

const header = [
  ...['row', 'ms', 'peer ms', 'ratio', 'images/s', 'MB', 'peer MB', 'memory ratio', '1 thread ms', 'gain', 'peer as'],
];

/** One line a row under a line of headings. The gain has a bar on two threads only. */
export function rowTable(rows: readonly RowFigures[], threads: number): string {
  return aligned([
    header,
    ...rows.map((row) => [
      row.name,
      shown(row.ms, undefined),
      shown(row.peer_ms, undefined),
      shown(row.ratio, timeBars[row.name]),
      shown(row.images_per_second, undefined, 0),
      shown(row.rss_mb, undefined, 0),
      shown(row.peer_rss_mb, undefined, 0),
      shown(row.rss_ratio, memoryBar),
      shown(row.ms_one_thread, undefined),
      shown(row.threads_speedup, threads === 2 ? threadsBar : undefined),
      row.peer_backend ?? '–',
    ]),
  ]);
}

export function gemmLine({ gflops_per_core, peak_gflops_per_core, share }: GemmFigures): string {
  const [own, peak] = [gflops_per_core, peak_gflops_per_core].map((value) => value.toFixed(1));
  return `gemm, one thread: ${own ?? ''} GFLOP/s of ${peak ?? ''} in registers, share ${shown(share, gemmBar)}\n`;
}

export function tfjsLine({ measured_pictures, measured_ms, ms, times_slower }: TfjsFigures): string {
  const measured = `${String(measured_pictures)} pictures took ${(measured_ms / 1000).toFixed(1)} s`;
  return `talk on tfjs cpu: ${(ms / 1000).toFixed(0)} s a step (${measured}), ${shown(times_slower, tfjsBar, 0)} times ours\n`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
