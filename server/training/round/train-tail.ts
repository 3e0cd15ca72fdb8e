/** Trains what comes after the cut on the room's latents and replayed ones of the base. */
import { softmax } from '../../../protocol/learning/metrics.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import type { Weights } from '../../../protocol/learning/weights.ts';
import type { Trainer } from '../trainer.ts';
import type { LatentBank } from '../../models/latent-bank.ts';
import { latentAt, recordsOf } from '../../models/latent-bank.ts';
import { cosineRate } from '../fit/learning-rate.ts';
import { createInference, joined, outputsOf } from '../inference.ts';
import { classBalanced } from '../samplers/class-balanced.ts';
import { createWasmTrainer } from '../wasm/wasm-trainer.ts';
import { raiseOf, raisedBias } from './raised-bias.ts';
import type { SampleLatents } from './room-latents.ts';
import type { RoundProgress } from './round.ts';

const steps = 120;
const rateAt = cosineRate(3e-4);
const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;

const batchSize = 32;
/** Of a batch: latents of the room, so many of each of its classes but not more than half; the rest is replayed. */
const roomPerClass = 8;
const roomPerBatch = 16;

/** The right label's share of a target; the rest is spread evenly, as when the base was trained. */
const certainty = 0.9;

type Drawn = { readonly latent: Float32Array; readonly target: Float32Array };

export type TailRun = {
  readonly base: Model;
  readonly bank: LatentBank;
  readonly room: readonly SampleLatents[];
  /** Where training begins; its front is the base's. */
  readonly start: Candidate;
  readonly threads: number;
  readonly seed: number;
};

/** The trained weights of the layers after the cut; the starting ones when the room has nothing to learn from. */
export async function trainTail(run: TailRun, onProgress: (progress: RoundProgress) => void): Promise<Weights> {
  const { bank, start, threads, seed } = run;
  const spec = tailSpec(start.spec, bank.cut);
  const weights = weightsOf(spec, start.weights);
  const classes = roomClasses(run);
  if (classes.length === 0) return weights;
  const random = seededRandom(seed);
  const ofRoom = classBalanced(classes, random);
  const replayed = classBalanced(await replayClasses(run), random);
  const fromRoom = Math.min(roomPerBatch, roomPerClass * classes.length);
  const losses = [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 } as const];
  const trainer = await createWasmTrainer({ spec, weights, batchSize, losses, optimizer }, { threads });
  try {
    for (let step = 0; step < steps; step++) {
      const drawn = [...taken(ofRoom, fromRoom), ...taken(replayed, batchSize - fromRoom)];
      const batch = {
        count: drawn.length,
        inputs: joined(drawn.map(({ latent }) => latent)),
        targets: new Map([[spec.head, joined(drawn.map(({ target }) => target))]]),
      };
      const { loss, correct } = await trainer.step(batch, rateAt(step, steps));
      onProgress({ kind: 'training', step: step + 1, steps, loss, accuracy: correct / drawn.length });
    }
    return await withRaisedBias(await trainer.weights(), trainer, run);
  } finally {
    await trainer.dispose();
  }
}

/** The views of the room by label; "none of these" is a class of its own, to which every label is as likely. */
function roomClasses({ room, start }: TailRun): readonly (readonly Drawn[])[] {
  const places = new Map(start.labels.map(({ key }, i) => [key, i]));
  const classes = new Map<string | null, Drawn[]>();
  for (const { sample, views } of room) {
    const place = sample.label === null ? null : places.get(sample.label);
    if (place === undefined || views.length === 0) continue;
    const target = targetOf(place, start.labels.length);
    const drawn = classes.get(sample.label) ?? [];
    classes.set(sample.label, drawn);
    drawn.push(...views.map((latent) => ({ latent, target })));
  }
  return [...classes.values()];
}

function targetOf(place: number | null, labels: number): Float32Array {
  if (place === null) return new Float32Array(labels).fill(1 / labels);
  const target = new Float32Array(labels).fill((1 - certainty) / labels);
  target[place] = (target[place] ?? 0) + certainty;
  return target;
}

/**
 * The bank's records to train on, by label; the target of each is what the base itself answers (learning without
 * forgetting: Li & Hoiem 2016). The true labels would teach so few records by heart and forget the others.
 */
async function replayClasses({ base, bank, start, threads }: TailRun): Promise<readonly (readonly Drawn[])[]> {
  const records = recordsOf(bank, 'replay');
  const latents = records.map((record) => latentAt(bank, record));
  const spec = tailSpec(base.spec, bank.cut);
  const inference = await createInference(spec, weightsOf(spec, base.weights), threads);
  try {
    const answers = await outputsOf(inference, latents, spec.head);
    const classes: Drawn[][] = base.labels.map(() => []);
    for (const [i, record] of records.entries()) {
      const target = new Float32Array(start.labels.length);
      target.set(softmax(answers[i] ?? new Float32Array()));
      classes[bank.labels[record] ?? 0]?.push({ latent: latents[i] ?? new Float32Array(), target });
    }
    return classes;
  } finally {
    await inference.dispose();
  }
}

async function withRaisedBias(weights: Weights, trainer: Trainer, { base, bank, start }: TailRun): Promise<Weights> {
  const shipped = base.labels.length;
  const { head } = start.spec;
  const bias = weights.get(`${head}/bias`);
  if (!bias || start.labels.length === shipped) return weights;
  const latents = recordsOf(bank, 'replay').map((record) => latentAt(bank, record));
  const raise = raiseOf(await outputsOf(trainer, latents, head), shipped);
  return new Map([...weights, [`${head}/bias`, raisedBias(bias, shipped, raise)]]);
}

function taken<T>(source: Generator<T, void>, count: number): T[] {
  return Array.from({ length: count }, () => source.next()).flatMap((next) => (next.done ? [] : [next.value]));
}
