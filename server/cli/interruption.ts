/** Ctrl-C, and the signal that ends a service, as a command sees them. */
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** The reason of the signal that `interruptible` gives, after Ctrl-C (SIGINT) or SIGTERM. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** What a shell expects of a program that such a signal ended. */
  readonly exitCode: number;

  constructor(signal: (typeof signals)[number]) {
    super(`Ended by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Runs `work` with a signal that the first Ctrl-C or SIGTERM aborts; a second ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const listen = (): void => {
    for (const signal of signals) process.on(signal, abort);
  };
  const leave = (): void => {
    for (const signal of signals) process.removeListener(signal, abort);
  };
  const abort = (signal: (typeof signals)[number]): void => {
    leave();
    controller.abort(new Interrupted(signal));
  };
  listen();
  try {
    return await work(controller.signal);
  } finally {
    leave();
  }
}
