/** Measures one row: our engine on all threads and on one, and the peer, in turns. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { othersBusy } from './others-busy.ts';
import type { Peer } from './peer.ts';
import { startPeer } from './peer.ts';
import type { RowName } from './rows.ts';
import { rows } from './rows.ts';
import type { Ran } from './runner.ts';
import { Runner } from './runner.ts';
import { writeTask } from './task.ts';

const ours = fileURLToPath(new URL('ours.ts', import.meta.url));

/** How long a row is measured. */
export type Extent = {
  /** Turns of each engine. */
  readonly rounds: number;
  /** About how long our engine's turn takes, in ms; the others do as many steps. */
  readonly turnMs: number;
};

/** Times are medians of a step in ms, memory is the peak of the process in MB; null without a peer or where it is unknown. */
export type RowFigures = {
  readonly name: RowName;
  readonly ms: number;
  readonly peer_ms: number | null;
  readonly ratio: number | null;
  readonly images_per_second: number;
  readonly rss_mb: number | null;
  readonly peer_rss_mb: number | null;
  readonly rss_ratio: number | null;
  readonly ms_one_thread: number;
  readonly threads_speedup: number;
  readonly steps: number;
  /** The larger share of the cores that other programs used just before and just after, 0 to 1. */
  readonly others_busy: number;
  /** What the two engines call themselves. */
  readonly backend: string;
  readonly peer_backend: string | null;
};

/** The engines' first losses may differ by this part, from other orders of sums; more is another network. */
const lossTolerance = 0.01;
const comparedSteps = 3;
const leastWarmUpMs = 1000;
/** Between two turns: threads of a BLAS spin for a while after their last product. */
const restMs = 100;

type Setting = { readonly threads: number; readonly peer: Peer | null; readonly extent: Extent };

export async function measureRow(name: RowName, setting: Setting): Promise<RowFigures> {
  const dir = await mkdtemp(join(tmpdir(), 'occhio-bench-'));
  try {
    const task = await rows[name]();
    await writeTask(dir, task);
    const before = await othersBusy();
    const turns = await takeTurns(name, dir, setting);
    const busy = Math.max(before, await othersBusy());
    return figures({ name, batchSize: task.options.batchSize, busy, ...turns });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

type AllTurns = { readonly many: Turns; readonly one: Turns; readonly other: Turns | null };

/** Starts all engines on the task in `dir`, lets them train in turns, and ends them. */
async function takeTurns(name: RowName, dir: string, { threads, peer, extent }: Setting): Promise<AllTurns> {
  const runners: Runner[] = [];
  const started = async (starting: Promise<Runner>): Promise<Turns> => {
    const runner = await starting;
    runners.push(runner);
    return new Turns(runner);
  };
  try {
    const many = await started(Runner.start(process.execPath, [ours, dir, String(threads)]));
    const one = await started(Runner.start(process.execPath, [ours, dir, '1']));
    const other = peer && (await started(startPeer(peer, dir, threads)));
    const all = [many, one, ...(other ? [other] : [])];
    await warmUp(name, all, extent);
    const steps = Math.max(3, Math.ceil(extent.turnMs / many.medianMs()));
    for (const turns of all) turns.forget();
    for (let round = 0; round < extent.rounds; round++) for (const turns of all) await turns.take(steps);
    return { many, one, other };
  } finally {
    await Promise.all(runners.map((runner) => runner.end()));
  }
}

/** Until the code is compiled and the first gradients are past; on the way, checks that all train the same network. */
async function warmUp(name: RowName, all: readonly Turns[], extent: Extent): Promise<void> {
  const losses: number[][] = [];
  for (const turns of all) losses.push((await turns.take(comparedSteps)).losses);
  const [own = [], ...others] = losses;
  for (const other of others)
    if (own.some((loss, i) => Math.abs(loss - (other[i] ?? NaN)) > lossTolerance * loss))
      throw new Error(
        `The engines do not train the same network in ${name}: the first losses are ${String(own)} and ${String(other)}.`,
      );
  const steps = Math.ceil(Math.min(leastWarmUpMs, extent.turnMs) / (all[0]?.medianMs() ?? 1));
  for (const turns of all) await turns.take(steps);
}

function figures(
  measured: AllTurns & { readonly name: RowName; readonly batchSize: number; readonly busy: number },
): RowFigures {
  const { name, batchSize, busy, many, one, other } = measured;
  const ms = many.medianMs();
  const peerMs = other?.medianMs() ?? null;
  const [rss, peerRss] = [many.peakMb, other?.peakMb ?? null];
  return {
    name,
    ms,
    peer_ms: peerMs,
    ratio: peerMs === null ? null : ms / peerMs,
    images_per_second: (batchSize / ms) * 1000,
    rss_mb: rss,
    peer_rss_mb: peerRss,
    rss_ratio: rss === null || peerRss === null ? null : rss / peerRss,
    ms_one_thread: one.medianMs(),
    threads_speedup: one.medianMs() / ms,
    steps: many.steps,
    others_busy: busy,
    backend: many.name,
    peer_backend: other?.name ?? null,
  };
}

/** What one process measured, turn after turn. */
class Turns {
  readonly #runner: Runner;
  #ms: number[] = [];
  /** Of its last turn. */
  peakMb: number | null = null;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  get name(): string {
    return this.#runner.name;
  }

  get steps(): number {
    return this.#ms.length;
  }

  async take(steps: number): Promise<Ran> {
    await wait(restMs);
    const ran = await this.#runner.run(steps);
    this.#ms.push(...ran.ms);
    this.peakMb = ran.peakMb;
    return ran;
  }

  forget(): void {
    this.#ms = [];
  }

  medianMs(): number {
    return this.#ms.toSorted((a, b) => a - b)[this.#ms.length >> 1] ?? NaN;
  }
}
