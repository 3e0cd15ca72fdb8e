/** A process that trains one row, ours or the peer's, and does so only when told. */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';

const readySchema = v.strictObject({ ready: v.string() });
const ranSchema = v.strictObject({
  ms: v.array(v.number()),
  losses: v.array(v.number()),
  peakMb: v.nullable(v.number()),
});

/** Of some steps: the time and the loss of each, and the most memory that the process has held so far, in MB (1e6 bytes). */
export type Ran = v.InferOutput<typeof ranSchema>;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * The process writes `{"ready": NAME}`, then reads lines, each a number of steps, and answers each with a `Ran`, as JSON on
 * a line. It ends with its stdin.
 */
export class Runner {
  /** As the process calls itself. */
  readonly name: string;
  readonly #child: Child;
  readonly #lines: AsyncIterator<string>;

  private constructor(name: string, child: Child, lines: AsyncIterator<string>) {
    this.name = name;
    this.#child = child;
    this.#lines = lines;
  }

  /** Rejects with an Error when the process ends before it is ready. */
  static async start(program: string, args: readonly string[]): Promise<Runner> {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child, 'spawn');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { ready } = v.parse(readySchema, await answer(lines, program));
    return new Runner(ready, child, lines);
  }

  async run(steps: number): Promise<Ran> {
    this.#child.stdin.write(`${String(steps)}\n`);
    return v.parse(ranSchema, await answer(this.#lines, this.name));
  }

  /** Resolves when the process is gone. */
  async end(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.stdin.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await gone;
  }
}

async function answer(lines: AsyncIterator<string>, who: string): Promise<unknown> {
  const line = await lines.next();
  if (line.done) throw new Error(`${who} ended before it answered (see above).`);
  return JSON.parse(line.value) as unknown;
}
