/** One device for all trainers of a process. */
import { expect, it } from 'vitest';
import { shared, type Absent, type Engine } from '../../../../server/training/tfjs/engine.ts';

/** Opens engines that count how often they were opened and closed; absent where `there` says so. */
function counted(there: () => boolean) {
  const counts = { opened: 0, closed: 0 };
  const open = (): Promise<Engine | Absent> => {
    counts.opened++;
    if (!there()) return Promise.resolve({ absent: 'there is none' });
    return Promise.resolve({
      description: `engine ${String(counts.opened)}`,
      use: () => undefined,
      failure: () => undefined,
      close: () => {
        counts.closed++;
      },
    });
  };
  return { counts, open: shared(open) };
}

function present(engine: Engine | Absent): Engine {
  if ('absent' in engine) throw new Error(engine.absent);
  return engine;
}

it('opens a device once for all who hold it and frees it with the last', async () => {
  const { counts, open } = counted(() => true);
  const [first, second] = (await Promise.all([open(), open()])).map(present);
  expect(second?.description).toBe(first?.description);
  first?.close();
  expect(counts).toEqual({ opened: 1, closed: 0 });
  second?.close();
  expect(counts).toEqual({ opened: 1, closed: 1 });
  expect(present(await open()).description).toBe('engine 2');
});

it('looks once for a device that is absent', async () => {
  let there = false;
  const { open } = counted(() => there);
  expect(await open()).toEqual({ absent: 'there is none' });
  there = true;
  expect(await open()).toEqual({ absent: 'there is none' });
});

it('takes a device that fails at the start for an absent one', async () => {
  const open = shared(() => Promise.reject(new Error('the driver is broken')));
  expect(await open()).toEqual({ absent: 'It does not start: the driver is broken' });
});
