/** The pictures of the self-test that every device runs before a model goes live: drawn by rule, so they show nobody and nothing. */
import { seededRandom } from '../../protocol/learning/random.ts';
import type { Random } from '../../protocol/learning/random.ts';

/** Enough to find a backend that computes wrongly; each costs its bytes in every model file. */
const probes = 3;
const wavesPerChannel = 4;

/** RGB bytes `[size, size, 3]` each, the same on every machine: waves of all directions, from broad to fine. */
export function probeInputs(size: number, count = probes): readonly Uint8Array[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, () => drawn(size, random));
}

function drawn(size: number, random: Random): Uint8Array {
  const channels = Array.from({ length: 3 }, () =>
    Array.from({ length: wavesPerChannel }, () => ({
      across: (random.next() * 2 - 1) * 6,
      down: (random.next() * 2 - 1) * 6,
      phase: random.next(),
    })),
  );
  return Uint8Array.from({ length: size * size * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    const waves = channels[i % 3] ?? [];
    const sum = waves.reduce(
      (total, { across, down, phase }) => total + wave((x * across + y * down) / size + phase),
      0,
    );
    return Math.round(127.5 + (127.5 * sum) / wavesPerChannel);
  });
}

/** From -1 to 1 and back over one unit: a triangle, because sines differ in the last digit from machine to machine. */
function wave(turns: number): number {
  return Math.abs((turns - Math.floor(turns)) * 4 - 2) - 1;
}
