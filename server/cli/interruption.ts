/** Ctrl-C, as a command sees it. */

/** The reason of `signal` after Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** What a shell expects of a program that ended on SIGINT. */
export const interruptedExitCode = 130;

/** Runs `work` with a signal that the first Ctrl-C aborts; a second ends the process as usual. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(new Interrupted());
  };
  process.once('SIGINT', abort);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener('SIGINT', abort);
  }
}
