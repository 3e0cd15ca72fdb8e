/** What waits for the first model, but not for ever: there may be none. */
import type { ModelUpdater } from './model-updater.ts';

const patienceMs = 5000;

/** `after` calls back after so many milliseconds. Resolves when a model is live, or when that takes too long. */
export function liveOrLate(
  state: ModelUpdater['state'],
  after: (delayMs: number, callback: () => void) => unknown,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (state.peek().kind === 'live') resolve();
    };
    state.subscribe(look);
    after(patienceMs, resolve);
    look();
  });
}
