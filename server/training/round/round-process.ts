/** Runs a round in a process of its own: it may crash, hang or be killed, and the hub goes on serving. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RoundProgress, RoundRequest, RoundResult } from './round.ts';

/** What the process says to its parent; `done` and `failed` are its last word. */
export type RoundMessage =
  | { readonly kind: 'progress'; readonly progress: RoundProgress }
  | { readonly kind: 'done'; readonly result: RoundResult }
  | { readonly kind: 'failed'; readonly text: string };

/** A round came to no result. */
export class RoundError extends Error {
  override readonly name = 'RoundError';
  /** `stopped`: by the signal. `crashed`: the process ended by itself. `failed`: the round itself gave up. */
  readonly kind: 'stopped' | 'crashed' | 'failed';
  constructor(kind: RoundError['kind'], text: string) {
    super(text);
    this.kind = kind;
  }
}

export type RoundHooks = {
  readonly onProgress: (progress: RoundProgress) => void;
  /** Kills the process. */
  readonly signal: AbortSignal;
};

/** Resolves with the result; rejects with a RoundError. The process has ended when it settles. */
export function runInProcess(request: RoundRequest, { onProgress, signal }: RoundHooks): Promise<RoundResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new RoundError('stopped', 'Stopped before it began.'));
      return;
    }
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    signal.addEventListener('abort', kill, { once: true });
    let last: Exclude<RoundMessage, { kind: 'progress' }> | undefined;
    child.on('message', (message: RoundMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else last = message;
    });
    child.once('error', (error) => {
      last ??= { kind: 'failed', text: error.message };
    });
    child.once('close', (code, killed) => {
      signal.removeEventListener('abort', kill);
      if (last?.kind === 'done') resolve(last.result);
      else if (last) reject(new RoundError('failed', last.text));
      else if (signal.aborted) reject(new RoundError('stopped', 'Stopped.'));
      else reject(new RoundError('crashed', `The training process ended with ${killed ?? `code ${String(code)}`}.`));
    });
    send(child, request);
  });
}

function send(child: ChildProcess, request: RoundRequest): void {
  child.send(request, (error) => {
    // A process that is gone reports itself by 'close'; one that cannot be talked to is of no use.
    if (error) child.kill('SIGKILL');
  });
}
