/** Runs rounds in a process of their own: it may crash, hang or be killed, and the hub goes on serving. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Runtime } from '../backends.ts';
import type { RoundProgress, RoundRequest, RoundResult } from './round.ts';

/** What the process is told to do: a round, or to say in words what would train it. */
export type RoundOrder =
  { readonly kind: 'round'; readonly request: RoundRequest } | { readonly kind: 'engine'; readonly runtime: Runtime };

/** What the process says to its parent; all but `progress` are its last word on an order. */
export type RoundMessage =
  | { readonly kind: 'progress'; readonly progress: RoundProgress }
  | { readonly kind: 'done'; readonly result: RoundResult }
  | { readonly kind: 'engine'; readonly name: string }
  | { readonly kind: 'failed'; readonly text: string };

type LastWord = Exclude<RoundMessage, { kind: 'progress' | 'failed' }>;

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

/** A correction seldom comes alone: so long the process waits for the next round, with what it knows of the base. */
const idleMs = 120_000;

/** A process that hangs would stop learning for good: one that says nothing for so long is ended, and the round tried again. */
const longestSilenceMs = 300_000;

const hung = 'The training process hung and was ended.';

export class RoundProcess {
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  readonly #silenceMs: number;

  constructor(silenceMs = longestSilenceMs) {
    this.#silenceMs = silenceMs;
  }

  /** Resolves with the result; rejects with a RoundError. One call at a time. */
  async run(request: RoundRequest, hooks: RoundHooks): Promise<RoundResult> {
    const last = await this.#obey({ kind: 'round', request }, hooks);
    if (last.kind !== 'done') throw new RoundError('failed', 'The training process answered something else.');
    return last.result;
  }

  /** What trains, for people; rejects with a RoundError when it is not there. One call at a time. */
  async engine(runtime: Runtime): Promise<string> {
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    const last = await this.#obey({ kind: 'engine', runtime }, hooks);
    if (last.kind !== 'engine') throw new RoundError('failed', 'The training process answered something else.');
    return last.name;
  }

  #obey(order: RoundOrder, { onProgress, signal }: RoundHooks): Promise<LastWord> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new RoundError('stopped', 'Stopped before it began.'));
        return;
      }
      clearTimeout(this.#idle);
      const child = (this.#child ??= this.#start());
      const kill = (): void => {
        child.kill('SIGKILL');
      };
      let silent = false;
      const silence = setTimeout(() => {
        silent = true;
        kill();
      }, this.#silenceMs);
      const settle = (outcome: () => void): void => {
        clearTimeout(silence);
        signal.removeEventListener('abort', kill);
        child.off('message', hear).off('close', closed).off('error', failed);
        outcome();
      };
      const hear = (message: RoundMessage): void => {
        silence.refresh();
        if (message.kind === 'progress') onProgress(message.progress);
        else
          settle(() => {
            this.#idle = setTimeout(() => void this.end(), idleMs).unref();
            if (message.kind === 'failed') reject(new RoundError('failed', message.text));
            else resolve(message);
          });
      };
      const closed = (code: number | null, killed: NodeJS.Signals | null): void => {
        settle(() => {
          reject(
            signal.aborted
              ? new RoundError('stopped', 'Stopped.')
              : new RoundError(
                  'crashed',
                  silent ? hung : `The training process ended with ${killed ?? `code ${String(code)}`}.`,
                ),
          );
        });
      };
      const failed = (error: Error): void => {
        settle(() => {
          reject(new RoundError('failed', error.message));
        });
      };
      signal.addEventListener('abort', kill, { once: true });
      child.on('message', hear).once('close', closed).once('error', failed);
      child.send(order, (error) => {
        // A process that is gone reports itself by 'close'; one that cannot be talked to is of no use.
        if (error) kill();
      });
    });
  }

  /** Resolves when the process has ended. */
  async end(): Promise<void> {
    clearTimeout(this.#idle);
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const gone = (): void => {
      if (this.#child === child) this.#child = undefined;
    };
    return child.once('close', gone).once('error', gone);
  }
}
