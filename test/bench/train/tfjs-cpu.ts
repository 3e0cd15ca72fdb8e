/** The talk's CNN on tfjs' `cpu` backend. */
import type { Batch } from '../../../server/training/trainer.ts';
import { oracleStep } from '../../support/tfjs-oracle.ts';
import { rows } from './rows.ts';

export type TfjsFigures = {
  /** Pictures of the step that was measured. */
  readonly measured_pictures: number;
  readonly measured_ms: number;
  /** For the row's whole batch, taken as proportional. */
  readonly ms: number;
  /** tfjs / ours; null when the row was not run. */
  readonly times_slower: number | null;
};

const pictures = 2;

/** Times loss and gradients of two pictures, once; its optimizer would come on top. A whole batch takes minutes. */
export async function measureTfjsCpu(ourMs: number | null): Promise<TfjsFigures> {
  const { options, batches } = await rows.talk();
  const [first] = batches;
  if (!first) throw new Error('The row has no batch.');
  const batch: Batch = { ...first, count: pictures, inputs: first.inputs.subarray(0, first.inputs.length * share()) };
  const begun = performance.now();
  oracleStep(options, { ...batch, targets: partOf(first.targets) });
  const measured = performance.now() - begun;
  const ms = measured / share();
  return {
    measured_pictures: pictures,
    measured_ms: measured,
    ms,
    times_slower: ourMs === null ? null : ms / ourMs,
  };

  function share(): number {
    return pictures / options.batchSize;
  }

  function partOf(targets: Batch['targets']): Batch['targets'] {
    return new Map([...targets].map(([layer, values]) => [layer, values.subarray(0, values.length * share())]));
  }
}
