/**
 * How a page learns that a worker is gone, for which browsers have no event: the worker holds a lock, which the browser
 * takes from it when it ends, however it ends.
 */

/** In the worker: resolves when the lock is held. */
export function holdWhileAlive(name: string): Promise<void> {
  return new Promise((held, failed) => {
    const forAsLongAsItLives = (): Promise<never> => {
      held();
      return new Promise(() => undefined);
    };
    navigator.locks.request(name, forAsLongAsItLives).catch(failed);
  });
}

/** In the page, when the worker holds the lock: resolves when it is gone. */
export function untilGone(name: string): Promise<void> {
  return navigator.locks.request(name, () => undefined);
}
