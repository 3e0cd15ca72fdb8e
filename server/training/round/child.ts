/** The process that trains: takes orders from its parent, one at a time, until it is ended. */
import { createTrainer } from '../backends.ts';
import { engineName } from './engine-name.ts';
import type { RoundMessage, RoundOrder } from './round-process.ts';
import { RoundRunner } from './round-runner.ts';

const runner = new RoundRunner({ createTrainer, now: () => performance.now() });

// A hub that was killed cannot end this process: the lost channel does.
process.once('disconnect', () => process.exit());

process.on('message', (order: RoundOrder) => {
  void obey(order).then((last) => process.send?.(last));
});

async function obey(order: RoundOrder): Promise<RoundMessage> {
  try {
    if (order.kind === 'engine') return { kind: 'engine', name: await engineName(order.runtime) };
    const result = await runner.run(order.request, (progress) => {
      process.send?.({ kind: 'progress', progress } satisfies RoundMessage);
    });
    return { kind: 'done', result };
  } catch (error) {
    if (order.kind === 'round' && error instanceof Error) return { kind: 'failed', text: error.stack ?? error.message };
    return { kind: 'failed', text: error instanceof Error ? error.message : String(error) };
  }
}
