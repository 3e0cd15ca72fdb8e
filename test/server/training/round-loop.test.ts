/** The loop that starts rounds: with a real store, a real training process on a small base, and its deaths. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DownMessage } from '../../../protocol/down.ts';
import { homeRoom } from '../../../protocol/ids.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import type { TrainStatus } from '../../../protocol/messages/train-status.ts';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { Registry } from '../../../server/models/registry.ts';
import { installBase } from '../../../server/models/shipped-base.ts';
import { RoomRound } from '../../../server/training/room-round.ts';
import { RoundLoop } from '../../../server/training/round-loop.ts';
import { RoundProcess } from '../../../server/training/round/round-process.ts';
import { drawPatternJpeg } from '../../support/drawn-patterns.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';
import type { RoomOfSamples } from '../../support/room-of-samples.ts';
import { writeSmallBase } from '../../support/small-base.ts';

const threads = 1;
const random = seededRandom(5);
const patience = { timeout: 30_000, interval: 20 };

let baseDir: string;
let room: RoomOfSamples;
let heard: DownMessage[];
let loops: RoundLoop[];
let rounds: RoundProcess;

beforeAll(async () => {
  baseDir = await mkdtemp(join(tmpdir(), 'occhio-base-'));
  await writeSmallBase(baseDir);
});

afterAll(async () => {
  await rm(baseDir, { recursive: true });
});

beforeEach(async () => {
  room = await roomOfSamples();
  heard = [];
  loops = [];
  rounds = new RoundProcess();
});

afterEach(async () => {
  for (const loop of loops) await loop.stop();
  await rounds.end();
  await room.close();
});

/** A hub's loop on the room's store; a second one is a hub that was started again. */
function startLoop(): RoundLoop {
  const folder = new ModelFolder(join(room.dir, 'models'));
  const registry = new Registry({
    folder,
    versions: room.versions,
    installBase: () => installBase(folder, threads, baseDir),
    now: Date.now,
  });
  const broadcast = (_: string, message: DownMessage): void => {
    heard.push(message);
  };
  const log = pino({ level: 'silent' });
  const round = new RoomRound({
    samples: room.samples,
    latents: room.latents,
    registry,
    broadcast,
    trainer: { backend: 'wasm', threads, budgetMs: 60_000 },
    log,
    runRound: (request, options) => rounds.run(request, options),
    now: Date.now,
  });
  const loop = new RoundLoop({ samples: room.samples, round, broadcast, log, now: Date.now });
  loops.push(loop);
  loop.start();
  return loop;
}

async function teach(count: number, label: string): Promise<void> {
  const pictures = await Promise.all(Array.from({ length: count }, () => drawPatternJpeg('yellow rows', random)));
  await room.teach(pictures, label);
}

function statuses(): readonly TrainStatus['status']['kind'][] {
  return heard.flatMap((message) => (message.type === 'train-status' ? [message.status.kind] : []));
}

/** Resolves when devices have heard this. */
async function hears(kind: TrainStatus['status']['kind'], times = 1): Promise<void> {
  await vi.waitFor(() => {
    expect(statuses().filter((one) => one === kind).length).toBeGreaterThanOrEqual(times);
  }, patience);
}

/** The training processes that this process has started. */
function trainingProcesses(): readonly number[] {
  const children = readFileSync(`/proc/${String(process.pid)}/task/${String(process.pid)}/children`, 'utf8');
  return children
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('round/child.ts'));
}

describe('the round loop', () => {
  it('learns from corrections by itself, in one round for a burst, and tells how it goes', async () => {
    startLoop();
    await teach(8, 'yellow rows');
    await hears('idle');
    expect([...new Set(statuses())]).toEqual(['queued', 'training', 'checking', 'idle']);
    expect(room.versions.list(homeRoom).map(({ version, status }) => [version, status])).toEqual([
      [1, 'promoted'],
      [2, 'in-trial'],
    ]);
    expect(heard.filter(({ type }) => type === 'report' || type === 'model-offer')).toHaveLength(2);
  });

  it('goes on where a killed hub was', async () => {
    await teach(3, 'yellow rows');
    startLoop();
    await hears('idle');
    expect(room.versions.current(homeRoom)?.version).toBe(2);
    await loops[0]?.stop();

    const before = heard.length;
    const again = startLoop();
    await vi.waitFor(() => {
      expect(again.status(homeRoom)).toEqual({ kind: 'idle' });
    }, patience);
    await again.stop();
    expect(heard.slice(before).filter(({ type }) => type === 'report')).toEqual([]);
  });

  it('survives the death of its training process, says so, and tries again', async () => {
    startLoop();
    await teach(3, 'yellow rows');
    await hears('training');
    for (const pid of trainingProcesses()) process.kill(pid, 'SIGKILL');
    await hears('failed');
    expect(heard.find((message) => message.type === 'train-status' && message.status.kind === 'failed')).toMatchObject({
      status: { why: 'The training process ended with SIGKILL. It is tried again.' },
    });
    expect(room.versions.current(homeRoom)?.version).toBe(1);
    await hears('idle');
    expect(room.versions.current(homeRoom)?.version).toBe(2);
  });

  it('ends a training process that hangs, and starts another', async () => {
    const training = new RoundProcess(3000);
    onTestFinished(() => training.end());
    const before = trainingProcesses();
    expect(await training.engine({ backend: 'wasm', threads: 1 })).toContain('wasm');
    for (const pid of trainingProcesses()) if (!before.includes(pid)) process.kill(pid, 'SIGSTOP');
    await expect(training.engine({ backend: 'wasm', threads: 1 })).rejects.toThrow('hung');
    expect(await training.engine({ backend: 'wasm', threads: 1 })).toContain('wasm');
  });

  it('tries again when the store fails just as a round begins', async () => {
    await teach(1, 'yellow rows');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    let [askedMs, failures, rounds] = [NaN, 0, 0];
    const loop = new RoundLoop({
      samples: room.samples,
      round: {
        // The loop asks again in the same instant when it begins a round.
        pending: () => {
          const begins = askedMs === Date.now();
          askedMs = Date.now();
          if (begins && failures++ === 0) throw new Error('The disk failed.');
          return 1;
        },
        run: () => {
          rounds++;
          return Promise.resolve();
        },
      },
      broadcast: (_, message) => heard.push(message),
      log: pino({ level: 'silent' }),
      now: Date.now,
    });
    loops.push(loop);
    try {
      loop.start();
      await vi.advanceTimersByTimeAsync(20_000);
    } finally {
      vi.useRealTimers();
    }
    expect(statuses()).toEqual(['queued', 'failed', 'queued', 'idle']);
    expect(rounds).toBe(1);
  });

  it('ends a running round when it is stopped, and says and writes nothing afterwards', async () => {
    const loop = startLoop();
    await teach(3, 'yellow rows');
    await hears('training');
    await loop.stop();
    expect(trainingProcesses()).toEqual([]);
    expect(room.versions.list(homeRoom)).toHaveLength(1);
    expect(statuses()).not.toContain('failed');
  });
});
