/** How many questions may still be asked: counted in the settings, so that closing the app or opening another tab gives no new ones. */
import { askingCaps } from '../../protocol/learning/hardness/asking.ts';
import { nextAtMs, stillCounting } from '../../protocol/learning/hardness/caps.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { SettingsStore } from '../storage/settings.ts';

export type QuestionBudgetParts = {
  readonly settings: Pick<SettingsStore, 'state' | 'write'>;
  readonly nowMs: () => number;
  /** Calls back after so many milliseconds; returns the function that prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
};

export class QuestionBudget {
  readonly #parts: QuestionBudgetParts;
  readonly #pausedUntilMs = new Cell<number | null>(null);
  #cancelReview: (() => void) | undefined;

  constructor(parts: QuestionBudgetParts) {
    this.#parts = parts;
    parts.settings.state.subscribe(() => {
      this.#review();
    });
    this.#review();
  }

  /** While none may be asked: when the next may, Infinity if its owner wants none. Else null. */
  get pausedUntilMs(): Readable<number | null> {
    return this.#pausedUntilMs;
  }

  /** Whether a question may be asked now. */
  allows(): boolean {
    this.#review();
    return this.#pausedUntilMs.peek() === null;
  }

  /** Counts a question; durable when the promise resolves. */
  spend(): Promise<void> {
    const { settings, nowMs } = this.#parts;
    return settings.write('askedAtMs', [...this.#counting(), nowMs()]);
  }

  #review(): void {
    const { settings, nowMs, after } = this.#parts;
    const now = nowMs();
    const counting = this.#counting();
    // The clock has gone back: kept, so that what was asked ages from here on; where storage fails, until the app is closed.
    if (settings.state.peek().askedAtMs.some((atMs) => atMs > now))
      settings.write('askedAtMs', counting).catch(() => undefined);
    const next = nextAtMs(counting, askingCaps(settings.state.peek().asking), now);
    this.#cancelReview?.();
    this.#cancelReview = undefined;
    if (next > now && Number.isFinite(next))
      this.#cancelReview = after(next - now, () => {
        this.#review();
      });
    this.#pausedUntilMs.set(next > now ? next : null);
  }

  #counting(): readonly number[] {
    const { settings, nowMs } = this.#parts;
    const { asking, askedAtMs } = settings.state.peek();
    return stillCounting(askedAtMs, askingCaps(asking), nowMs());
  }
}
