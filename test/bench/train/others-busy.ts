/** Whether other programs compute beside a measurement. */
import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

const watchedMs = 300;

/** The share of all cores' time that is in use, 0 to 1, while this program does nothing. */
export async function othersBusy(): Promise<number> {
  const before = times();
  await wait(watchedMs);
  const after = times();
  return 1 - (after.idle - before.idle) / (after.total - before.total);
}

/** Summed over the cores, in ms since the machine was started. */
function times(): { readonly idle: number; readonly total: number } {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const cores = cpus().map((core) => core.times);
  return { idle: sum(cores.map(({ idle }) => idle)), total: sum(cores.flatMap((core) => Object.values(core))) };
}
