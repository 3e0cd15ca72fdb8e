/** Where threads wait for each other: `state` holds [arrived, generation], two i32. */

/** Spins briefly, because most waits are short, then sleeps so that a slower thread has the core. */
export function barrier(state: usize, threads: i32): void {
  if (threads == 1) return;
  const generation = atomic.load<i32>(state, 4);
  if (atomic.add<i32>(state, 1) + 1 == threads) {
    atomic.store<i32>(state, 0);
    atomic.store<i32>(state, generation + 1, 4);
    atomic.notify(state + 4, threads);
    return;
  }
  for (let i = 0; i < 2000; i++) if (atomic.load<i32>(state, 4) != generation) return;
  while (atomic.load<i32>(state, 4) == generation) atomic.wait<i32>(state + 4, generation, -1);
}
