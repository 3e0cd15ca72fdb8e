/** A hub as a user runs it: its own process, to be told to stop and to be killed. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('../../server/cli/occhio.ts', import.meta.url));

export type HubProcess = {
  /** The address for this computer, as the hub printed it. */
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly written: () => string;
  /** Resolves with the exit code when the process is gone; null after a signal. */
  readonly ended: Promise<number | null>;
};

/**
 * Resolves when the hub says that it runs; rejects with what it wrote when it ends before. Killed when the test has finished, or
 * whenever `onEnd` calls back.
 */
export async function startHubProcess(
  dataDir: string,
  args: readonly string[] = ['--no-tls'],
  onEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<HubProcess> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let written = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      written += chunk.toString();
      const found = /http:\/\/localhost:\d+/.exec(written)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => {
      reject(new Error(`The hub ended: ${written}`));
    });
  });
  return { url, child, written: () => written, ended };
}
