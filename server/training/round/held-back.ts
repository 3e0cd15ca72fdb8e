/** How a training does on pictures that it does not learn from, while it runs: for people to see, nothing is decided by it. */
import { argMax, softmax } from '../../../protocol/learning/metrics.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import { recordsOf } from '../../models/latent-bank.ts';
import { outputsOf } from '../inference.ts';
import type { Trainer } from '../trainer.ts';
import type { KnownBase } from './known-base.ts';
import type { SampleLatents } from './room-latents.ts';
import type { HeldBack } from './round.ts';
import { targetOf } from './tail-examples.ts';
import type { Example } from './tail-examples.ts';

/** So many are asked: twice the batch of an inference. */
const mostAsked = 64;

/**
 * The room's held-back pictures, as many as half of those asked, and the bank's, evenly spaced, which show what is forgotten.
 * `cut`: one of the base's.
 */
export async function heldBackExamples(
  base: KnownBase,
  room: readonly SampleLatents[],
  { labels }: Candidate,
  cut: string,
): Promise<readonly Example[]> {
  const places = new Map(labels.map(({ key }, i) => [key, i]));
  const own = room.flatMap(({ sample: { split, label }, plain }) => {
    const place = split === 'validation' && label !== null ? places.get(label) : undefined;
    return place === undefined ? [] : [{ plain, place }];
  });
  const asked = spaced(own, mostAsked / 2);
  const latents = await base.carried(
    asked.map(({ plain }) => plain),
    cut,
  );
  const records = await base.records(cut);
  return [
    ...asked.map(({ place }, i) => exampleOf(latents[i], place, labels.length)),
    ...spaced(recordsOf(base.bank, 'gate'), mostAsked - asked.length).map((record) =>
      exampleOf(records[record], base.bank.labels[record] ?? 0, labels.length),
    ),
  ];
}

/** The mean loss and the part that is right; null where there is nothing to ask. */
export async function askHeldBack(
  trainer: Trainer,
  examples: readonly Example[],
  { head, step }: { readonly head: string; readonly step: number },
): Promise<HeldBack | null> {
  if (examples.length === 0) return null;
  const inputs = examples.map(({ latent }) => latent);
  const logits = await outputsOf(trainer, inputs, head);
  const losses = examples.map(({ target }, i) => crossEntropy(softmax(logits[i] ?? new Float32Array()), target));
  const right = examples.filter(({ place }, i) => argMax(logits[i] ?? new Float32Array()) === place).length;
  return { step, loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, accuracy: right / examples.length };
}

function exampleOf(latent: Float32Array | undefined, place: number, labels: number): Example {
  return { latent: latent ?? new Float32Array(), target: targetOf(place, labels), place };
}

function crossEntropy(probabilities: Float32Array, target: Float32Array): number {
  return target.reduce((sum, share, i) => sum - share * Math.log(Math.max(probabilities[i] ?? 0, 1e-7)), 0);
}

/** At most `most` of all, from the first to the last. */
function spaced<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]).flatMap((one) => one ?? []);
}
