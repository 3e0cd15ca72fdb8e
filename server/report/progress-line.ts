/** One line of a terminal that is written over while something goes on. */
import type { WriteStream } from 'node:tty';

/** What is written to: a terminal, or a file or pipe, where a passing line would only be noise. */
export type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

export class ProgressLine {
  readonly #output: Output;
  readonly #now: () => number;
  #shownAtMs = -Infinity;
  #shown = false;

  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  /** Shows `text` in place of what was passing, at most ten times a second, on a terminal only. */
  pass(text: string): void {
    if (!this.#output.isTTY || this.#now() - this.#shownAtMs < 100) return;
    this.#shownAtMs = this.#now();
    this.#shown = true;
    this.#output.write(`\r\u001b[K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
  }

  /** Writes a line that stays, in place of what was passing. */
  stay(text: string): void {
    this.#output.write(`${this.#shown ? '\r\u001b[K' : ''}${text}\n`);
    this.#shown = false;
    this.#shownAtMs = -Infinity;
  }
}

/** `[=====>    ]`. */
export function bar(fraction: number, width = 20): string {
  const full = Math.round(fraction * width);
  return `[${'='.repeat(Math.max(0, full - 1))}${full > 0 ? '>' : ''}${' '.repeat(width - full)}]`;
}

/** `1:02:03`, `2:03`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => String(part).padStart(i > 0 ? 2 : 1, '0')).join(':');
}
