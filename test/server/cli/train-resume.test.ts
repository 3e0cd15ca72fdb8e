/** A training run that is stopped, killed and taken up again, as a person does it: processes, signals, a full disk. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { TrainingRecord } from '../../../server/report/save-training.ts';
import { drawDataset, drawThing, writeInto } from '../../support/drawn-pictures.ts';
import { runProcess } from '../../support/run-process.ts';
import type { ProcessResult } from '../../support/run-process.ts';
import { figuresOf } from '../../support/striped-fit.ts';
import { occhio } from './program.ts';

// Real engines and processes: seconds on a quiet machine, more on a busy one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const program = fileURLToPath(new URL('../../../server/cli/occhio.ts', import.meta.url));
const settings = '--model talk --epochs 3 --steps 6 --batch 8 --backend wasm --threads 1'.split(' ');

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'occhio resume '));
  await drawDataset(join(dir, 'my things'), { things: ['ball', 'star'], count: 20, seed: 1 });
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

/** Starts the program and sends it `signal` when it prints `cue`. */
async function stopped(args: readonly string[], signal: NodeJS.Signals, cue: string): Promise<ProcessResult> {
  const child = spawn(process.execPath, [program, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let stdout = '';
  child.stdout.on('data', (data: Buffer) => {
    const before = stdout;
    stdout += data.toString();
    if (stdout.includes(cue) && !before.includes(cue)) child.kill(signal);
  });
  const [code, stderr] = await Promise.all([ended, text(child.stderr)]);
  return { code, stdout, stderr };
}

/** Runs a command line of the program that its own output gave, in a shell. */
function runLine(line: string, limit = ''): Promise<ProcessResult> {
  const quotedProgram = `'${process.execPath}' '${program}'`;
  return runProcess('sh', ['-c', `${limit} exec ${line.replace(/^npx occhio/, quotedProgram)}`], { cwd: dir });
}

const checksum = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(join(dir, file)))
    .digest('hex');

/** The model and what does not depend on the clock. */
async function resultIn(folder: string): Promise<unknown> {
  const { history } = JSON.parse(await readFile(join(dir, folder, 'history.json'), 'utf8')) as TrainingRecord; // written by the program under test
  return { weights: await checksum(join(folder, 'weights.bin')), figures: figuresOf(history) };
}

describe('a run that is stopped', () => {
  it('goes on after Ctrl-C, SIGTERM, a full disk and a kill, to the same bytes as an unbroken run', async () => {
    const unbroken = await occhio(['train', 'my things', ...settings, '--out', 'whole'], { cwd: dir });
    expect(unbroken).toMatchObject({ code: 0, stderr: '' });
    const args = ['train', 'my things', ...settings, '--out', 'in parts'];

    const interrupted = await stopped(args, 'SIGINT', 'training on');
    expect(interrupted.code).toBe(130);
    const [, line = ''] =
      /Stopped; the run is saved in in parts\.checkpoint\. Go on with:\n {2}(.+)\n$/.exec(interrupted.stderr) ?? [];
    expect(line).toBe(`npx occhio train 'my things' ${settings.join(' ')} --out 'in parts' --resume`);

    const terminated = await stopped([...args, '--resume'], 'SIGTERM', 'epoch 1/3');
    expect(terminated.code).toBe(143);
    expect(terminated.stdout).toMatch(/going on after 0 epochs and \d+ steps/);
    expect(terminated.stderr).toContain(`  ${line}\n`);

    const saved = await checksum('in parts.checkpoint');
    const full = await runLine(line, 'ulimit -f 20000;'); // 10 or 20 MB a file, by the shell: less than the checkpoint
    expect(full.code).toBe(2);
    expect(full.stderr).toMatch(
      /^in parts\.checkpoint cannot be written: .*EFBIG.* what was saved before still stands/,
    );
    expect(await checksum('in parts.checkpoint')).toBe(saved);

    expect(await stopped([...args, '--resume'], 'SIGKILL', 'epoch 2/3')).toMatchObject({ code: null });
    const last = await runLine(line);
    expect(last).toMatchObject({ code: 0, stderr: '' });
    expect(last.stdout).toMatch(/going on after [12] epochs and \d+ steps/);
    expect(await resultIn('in parts')).toEqual(await resultIn('whole'));
    expect(await readdir(dir)).not.toContain('in parts.checkpoint');
  });

  it('leaves nothing when the disk is full before anything was saved', async () => {
    const full = await runLine(`npx occhio train 'my things' ${settings.join(' ')} --out full`, 'ulimit -f 20000;');
    expect(full.code).toBe(2);
    expect(full.stderr).toMatch(/^full\.checkpoint cannot be written/);
    expect((await readdir(dir)).filter((name) => name.includes('full'))).toEqual([]);
  });
});

describe('a run that was stopped', () => {
  const args = ['train', 'my things', ...settings, '--out', 'open'];
  const again = (...more: readonly string[]): Promise<ProcessResult> => occhio([...args, ...more], { cwd: dir });
  beforeAll(async () => {
    expect((await stopped(args, 'SIGINT', 'training on')).code).toBe(130);
  });

  it('is not begun anew by mistake', async () => {
    expect(await again()).toMatchObject({ code: 2, stdout: '' });
    expect((await again()).stderr).toMatch(/An unfinished run is in open\.checkpoint\. Go on with --resume, or remove/);
  });

  it.each([
    ['other settings', ['--epochs', '4'], /of another run: --epochs 3 there, 4 here/],
    ['another network', ['--model', 'mobile'], /of another run: --model talk there, mobile here/],
  ])('is not gone on from with %s', async (_, more, message) => {
    const refused = await again('--resume', ...more);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(message);
  });

  it('is not gone on from with changed pictures or labels', async () => {
    await drawDataset(join(dir, 'more things'), { things: ['ball', 'star'], count: 20, seed: 1 });
    await writeFile(join(dir, 'more things', 'star', '3.jpg'), await drawThing('ball', seededRandom(9)));
    const pictures = await occhio(['train', 'more things', ...settings, '--out', 'open', '--resume'], { cwd: dir });
    expect(pictures.code).toBe(2);
    expect(pictures.stderr).toMatch(/of another run: pictures 40 \(SHA-256 \w+\) there, 40 \(SHA-256 \w+\) here/);
    for (const n of [1, 2])
      await writeInto(join(dir, 'more things'), `moon/${String(n)}.jpg`, await drawThing('ball', seededRandom(n)));
    const labels = await occhio(['train', 'more things', ...settings, '--out', 'open', '--resume'], { cwd: dir });
    expect(labels.code).toBe(2);
    expect(labels.stderr).toMatch(/of another run: labels ball, star there, ball, moon, star here/);
  });

  it('is not looked for where nothing was saved', async () => {
    const refused = await occhio(['train', 'my things', ...settings, '--out', 'none', '--resume'], { cwd: dir });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/There is no none\.checkpoint to go on from/);
  });
});
