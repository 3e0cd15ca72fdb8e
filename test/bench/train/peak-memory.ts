/** The most memory that this process has held. */
import { readFile } from 'node:fs/promises';

/**
 * Peak resident set in MB (1e6 bytes); null where there is no /proc. Not `resourceUsage().maxRSS`, which on Linux begins
 * with what the parent held when it forked.
 */
export async function peakMemoryMb(): Promise<number | null> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : (Number(kibibytes) * 1024) / 1e6;
}
