/** The process that trains: takes one round from its parent, answers, and ends. */
import type { RoundMessage } from './round-process.ts';
import type { RoundRequest } from './round.ts';
import { runRound } from './run-round.ts';

// A hub that was killed cannot end this process: the lost channel does.
process.once('disconnect', () => process.exit());

process.once('message', (request: RoundRequest) => {
  void answer(request).then((last) => {
    process.send?.(last, () => {
      process.disconnect();
    });
  });
});

async function answer(request: RoundRequest): Promise<RoundMessage> {
  try {
    const result = await runRound(request, (progress) => {
      process.send?.({ kind: 'progress', progress } satisfies RoundMessage);
    });
    return { kind: 'done', result };
  } catch (error) {
    return { kind: 'failed', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
