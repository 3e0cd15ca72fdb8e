/** Training of what comes after one cut, from the start weights, on the room's latents and replayed ones of the base. */
import { argMax, softmax } from '../../../protocol/learning/metrics.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import { seededRandom } from '../../../protocol/learning/random.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import type { Weight, Weights } from '../../../protocol/learning/weights.ts';
import { cosineRate } from '../fit/learning-rate.ts';
import { joined, outputsOf } from '../inference.ts';
import { classBalanced } from '../samplers/class-balanced.ts';
import type { Trainer, TrainerOptions } from '../trainer.ts';
import { askHeldBack, heldBackExamples } from './held-back.ts';
import type { KnownBase } from './known-base.ts';
import { raiseOf, raisedBias } from './raised-bias.ts';
import type { SampleLatents } from './room-latents.ts';
import type { HeldBack, RoundProgress } from './round.ts';
import { tailExamples } from './tail-examples.ts';
import type { Example, TailExamples } from './tail-examples.ts';

const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;

const batchSize = 32;
/** Latents of the room in a batch; the rest is replayed, where there is something to replay, or more of the base is forgotten. */
const roomPerBatch = 8;

/**
 * How far the weights go from where training began to where it ended, where there is something to forget. Most of what is
 * learned comes on the way, and less of what is lost (WiSE-FT: Wortsman et al. 2022).
 */
const share = 0.7;

/** So often, while it trains, it is asked about pictures that it does not learn from. */
const timesAsked = 10;

/** After so many steps the pace is known; the first of them, which compiles, does not count. */
const stepsToMeasure = 4;

export type TailRun = {
  readonly base: KnownBase;
  readonly room: readonly SampleLatents[];
  /** Where training begins; its front is the base's. */
  readonly start: Candidate;
  readonly seed: number;
};

export type TailTools = {
  readonly createTrainer: (options: TrainerOptions) => Promise<Trainer>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onProgress: (progress: RoundProgress) => void;
};

/** Where the network is cut, for how long what follows is trained, and the largest rate. */
export type LessonPlan = { readonly cut: string; readonly steps: number; readonly rate: number };

export type TrainedTail = LessonPlan & {
  /** Of the layers after the cut. */
  readonly weights: Weights;
  readonly stepMs: number;
  readonly backend: string;
  /** The part of the room's own views that it names right, or of which it is unsure where they are none of the labels. */
  readonly right: number;
};

export class Lesson {
  readonly #plan: LessonPlan;
  readonly #run: TailRun;
  readonly #tools: TailTools;
  readonly #examples: TailExamples;
  readonly #heldBack: readonly Example[];
  readonly #trainer: Trainer;
  readonly #batches: Generator<readonly Example[], never>;
  #step = 0;
  #firstEndedMs = 0;
  #stepMs = 0;
  #held: HeldBack | null = null;

  private constructor(
    plan: LessonPlan,
    run: TailRun,
    tools: TailTools,
    parts: { examples: TailExamples; heldBack: readonly Example[]; trainer: Trainer },
  ) {
    this.#plan = plan;
    this.#run = run;
    this.#tools = tools;
    this.#examples = parts.examples;
    this.#heldBack = parts.heldBack;
    this.#trainer = parts.trainer;
    this.#batches = batchesOf(parts.examples, run.seed);
  }

  /** The room has something to learn from. The caller disposes the lesson. */
  static async begin(plan: LessonPlan, run: TailRun, tools: TailTools): Promise<Lesson> {
    const { base, room, start } = run;
    const examples = await tailExamples(base, room, start, plan.cut);
    const heldBack = await heldBackExamples(base, room, start, plan.cut);
    const trainer = await tools.createTrainer(optionsOf(plan, start));
    return new Lesson(plan, run, tools, { examples, heldBack, trainer });
  }

  /** Takes the first steps. Resolves with the milliseconds that each of the others will take. */
  async pace(): Promise<number> {
    await this.#train(stepsToMeasure);
    return this.#stepMs;
  }

  /** Takes all steps that are left. */
  async finish(): Promise<TrainedTail> {
    await this.#train(this.#plan.steps);
    const options = optionsOf(this.#plan, this.#run.start);
    const ended = await this.#trainer.weights();
    const weights = this.#examples.replayed.length > 0 ? between(options.weights, ended) : ended;
    const tail = await this.#tools.createTrainer({ ...options, weights });
    try {
      const raise = await this.#raise(tail);
      return {
        ...this.#plan,
        weights: this.#raised(weights, raise),
        stepMs: this.#stepMs,
        backend: this.#trainer.backend,
        right: await this.#right(tail, raise),
      };
    } finally {
      await tail.dispose();
    }
  }

  async dispose(): Promise<void> {
    await this.#trainer.dispose();
  }

  async #train(until: number): Promise<void> {
    const { now, onProgress } = this.#tools;
    const { steps, rate } = this.#plan;
    const rateAt = cosineRate(rate);
    while (this.#step < until) {
      const drawn = this.#batches.next().value;
      const batch = {
        count: drawn.length,
        inputs: joined(drawn.map(({ latent }) => latent)),
        targets: new Map([[this.#run.start.spec.head, joined(drawn.map(({ target }) => target))]]),
      };
      const { loss, correct } = await this.#trainer.step(batch, rateAt(this.#step, steps));
      const atMs = now();
      if (this.#step === 0) this.#firstEndedMs = atMs;
      else this.#stepMs = (atMs - this.#firstEndedMs) / this.#step;
      this.#step++;
      if (this.#step % Math.ceil(steps / timesAsked) === 0 || this.#step === steps)
        this.#held = await askHeldBack(this.#trainer, this.#heldBack, {
          head: this.#run.start.spec.head,
          step: this.#step,
        });
      const accuracy = correct / drawn.length;
      onProgress({ kind: 'training', step: this.#step, steps, loss, accuracy, held: this.#held });
    }
  }

  /** By how much the base allows new labels to be raised. */
  async #raise(tail: Trainer): Promise<number> {
    const { base, start } = this.#run;
    const shipped = base.model.labels.length;
    if (start.labels.length === shipped) return 0;
    return raiseOf(await this.#logits(tail, this.#examples.replayed.flat()), shipped);
  }

  #raised(weights: Weights, raise: number): Weights {
    const { base, start } = this.#run;
    const name = `${start.spec.head}/bias`;
    const bias = weights.get(name);
    return bias ? new Map([...weights, [name, raisedBias(bias, base.model.labels.length, raise)]]) : weights;
  }

  /** Of `tail` with new labels raised. */
  async #right(tail: Trainer, raise: number): Promise<number> {
    const { base, start } = this.#run;
    const examples = this.#examples.room.flat();
    const logits = await this.#logits(tail, examples);
    const right = examples.filter(({ place }, i) => {
      const raised = (logits[i] ?? new Float32Array()).map((logit, at) =>
        at < base.model.labels.length ? logit : logit + raise,
      );
      if (place !== null) return argMax(raised) === place;
      return Math.max(...softmax(raised.map((logit) => logit / start.temperature))) < start.threshold;
    });
    return right.length / examples.length;
  }

  #logits(tail: Trainer, examples: readonly Example[]): Promise<readonly Float32Array[]> {
    return outputsOf(
      tail,
      examples.map(({ latent }) => latent),
      this.#run.start.spec.head,
    );
  }
}

function optionsOf({ cut }: LessonPlan, start: Candidate): TrainerOptions {
  const spec = tailSpec(start.spec, cut);
  return {
    spec,
    weights: weightsOf(spec, start.weights),
    batchSize,
    losses: [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }],
    optimizer,
  };
}

/** The part `share` of the way. */
function between(start: Weights, end: Weights): Weights {
  const mixed = ({ shape, values }: Weight, from: Weight | undefined): Weight => ({
    shape,
    values: values.map((value, i) => share * value + (1 - share) * (from?.values[i] ?? value)),
  });
  return new Map([...end].map(([name, weight]) => [name, mixed(weight, start.get(name))]));
}

/** Endless, the same for the same seed. */
function* batchesOf({ room, replayed }: TailExamples, seed: number): Generator<readonly Example[], never> {
  const random = seededRandom(seed);
  const ofRoom = classBalanced(room, random);
  const ofBase = classBalanced(replayed, random);
  const ownPerBatch = replayed.length > 0 ? roomPerBatch : batchSize;
  for (;;) yield [...taken(ofRoom, ownPerBatch), ...taken(ofBase, batchSize - ownPerBatch)];
}

function taken<T>(source: Generator<T, void>, count: number): T[] {
  return Array.from({ length: count }, () => source.next()).flatMap((next) => (next.done ? [] : [next.value]));
}
