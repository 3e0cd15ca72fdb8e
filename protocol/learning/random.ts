/** Seeded random numbers, so that the same seed gives the same run on every machine. */

export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-32. */
  next(): number;
}

/** A generator with its own state: xoshiro128++ (Blackman & Vigna 2019), seeded through splitmix32. `seed`: any integer. */
export function seededRandom(seed: number): Random {
  let mixed = seed | 0;
  const seeded = (): number => {
    mixed = (mixed + 0x9e37_79b9) | 0;
    return scramble(mixed);
  };
  let [a, b, c, d] = [seeded(), seeded(), seeded(), seeded()];
  return {
    next() {
      const result = (rotateLeft((a + d) | 0, 7) + a) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotateLeft(d, 11);
      return result / 2 ** 32;
    },
  };
}

/** `items` in a random order (Fisher & Yates), as a new array. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = items.map((item) => ({ item }));
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a && b) [order[last], order[other]] = [b, a];
  }
  return order.map(({ item }) => item);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The mixing step of splitmix32: every bit of the input reaches every bit of the output. */
function scramble(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
