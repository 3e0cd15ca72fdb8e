/** Starts rounds when people have said something new: one at a time, whatever happens to one. */
import type { Logger } from 'pino';
import type { RoomName } from '../../protocol/ids.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';
import type { SampleStore } from '../store/sample-store.ts';
import type { RoomProgress, RoomRound } from './room-round.ts';
import { RoundError } from './round/round-process.ts';
import type { Change, Failures } from './schedule.ts';
import { dueInMs } from './schedule.ts';

/** How often devices hear of a change of figures. */
const tellEveryMs = 1000;

type Status = TrainStatus['status'];

type RoomWork = {
  status: Status;
  /** What no round has looked at yet; null: nothing. */
  change: Change | null;
  failures: Failures;
};

export type RoundLoopOptions = {
  readonly samples: SampleStore;
  readonly round: Pick<RoomRound, 'pending' | 'run'>;
  readonly broadcast: (room: RoomName, message: TrainStatus) => void;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * ```
 *          change                due             trained            judged
 *   idle ─────────▶ queued ─────────▶ training ─────────▶ checking ─────────▶ idle
 *                      ▲                  │ failed, crashed    │
 *                      └──── pause ──── failed ◀───────────────┘
 * ```
 * What is to be done follows from the store alone, so that a killed hub goes on where it was.
 */
export class RoundLoop {
  readonly #options: RoundLoopOptions;
  readonly #rooms = new Map<RoomName, RoomWork>();
  readonly #stopped = new AbortController();
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #toldMs = -Infinity;
  #unsubscribe: (() => void) | undefined;

  constructor(options: RoundLoopOptions) {
    this.#options = options;
  }

  start(): void {
    const { samples } = this.#options;
    this.#unsubscribe = samples.subscribe((room) => {
      this.changed(room);
    });
    for (const room of samples.rooms()) this.changed(room);
  }

  /** Kills a running round; resolves when it has ended. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#stopped.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  status(room: RoomName): Status {
    return this.#work(room).status;
  }

  /** Something in the room may be waiting to be learned. */
  changed(room: RoomName): void {
    const work = this.#work(room);
    const nowMs = this.#options.now();
    work.change = { firstMs: work.change?.firstMs ?? nowMs, lastMs: nowMs };
    this.#wait();
  }

  /** Sets the timer to when the next room is due or the next figures are. */
  #wait(): void {
    if (this.#running || this.#stopped.signal.aborted) return;
    const nowMs = this.#options.now();
    const dues = [...this.#rooms.values()].flatMap((work) => (work.change ? [dueIn(work, work.change, nowMs)] : []));
    if (dues.length === 0) return;
    const delayMs = Math.min(...dues, Math.max(0, this.#toldMs + tellEveryMs - nowMs));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#look();
    }, delayMs);
  }

  /** Tells what waits, and starts what is due. */
  #look(): void {
    const nowMs = this.#options.now();
    this.#toldMs = nowMs;
    for (const [room, work] of this.#rooms) {
      if (!work.change) continue;
      const corrections = this.#options.round.pending(room);
      if (corrections === 0) {
        work.change = null;
        this.#tell(room, { kind: 'idle' });
      } else if (dueIn(work, work.change, nowMs) === 0) {
        this.#running = this.#run(room, work, work.change).finally(() => {
          this.#running = null;
          this.#wait();
        });
        return;
      } else if (work.status.kind !== 'failed') this.#tell(room, { kind: 'queued', corrections });
    }
    this.#wait();
  }

  async #run(room: RoomName, work: RoomWork, change: Change): Promise<void> {
    const { round, log, now } = this.#options;
    const { signal } = this.#stopped;
    work.change = null;
    try {
      this.#tell(room, { kind: 'queued', corrections: round.pending(room) });
      await round.run(room, {
        signal,
        onProgress: (progress) => {
          this.#progress(room, progress);
        },
      });
      work.failures = { count: 0, lastMs: 0 };
      this.#tell(room, { kind: 'idle' });
    } catch (error) {
      if (!signal.aborted) {
        log.error({ err: error, room }, 'the round failed');
        work.failures = { count: work.failures.count + 1, lastMs: now() };
        work.change ??= change;
        this.#tell(room, { kind: 'failed', why: inWords(error) });
      }
    }
  }

  #progress(room: RoomName, progress: RoomProgress): void {
    const nowMs = this.#options.now();
    if (progress.kind === 'training' && progress.step < progress.steps && nowMs - this.#toldMs < tellEveryMs) return;
    this.#toldMs = nowMs;
    this.#tell(room, progress);
  }

  #tell(room: RoomName, status: Status): void {
    if (this.#stopped.signal.aborted) return;
    const work = this.#work(room);
    const same = JSON.stringify(status) === JSON.stringify(work.status);
    work.status = status;
    if (!same) this.#options.broadcast(room, { type: 'train-status', status });
  }

  #work(room: RoomName): RoomWork {
    const work = this.#rooms.get(room) ?? { status: { kind: 'idle' }, change: null, failures: { count: 0, lastMs: 0 } };
    this.#rooms.set(room, work);
    return work;
  }
}

function dueIn(work: RoomWork, change: Change, nowMs: number): number {
  return dueInMs(change, work.failures, nowMs);
}

/** For people; what exactly happened stands in the log. */
function inWords(error: unknown): string {
  if (error instanceof RoundError && error.kind === 'crashed') return `${error.message} It is tried again.`;
  return 'The training stopped with an error, which the hub has in its log. It is tried again.';
}
