/**
 * Runs rounds: from the base model and everything that people said in the room, a candidate. Latent replay (Pellegrini et
 * al. 2020): the front of the network stays as it is, so that activations at the cut, of the room's pictures and of the
 * base's bank, are computed once; what comes after, convolutions and head, learns from both.
 */
import { makeDelta } from '../../../protocol/learning/model-delta.ts';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import type { Answer } from '../../gate/answer.ts';
import type { BackendChoice, Runtime } from '../backends.ts';
import { BackendLostError } from '../trainer.ts';
import type { Trainer, TrainerOptions } from '../trainer.ts';
import { grownModel } from './grown-model.ts';
import { KnownBase } from './known-base.ts';
import { Measuring, questionsOf } from './measure.ts';
import type { Question } from './measure.ts';
import { roomLatents } from './room-latents.ts';
import type { RoundLesson, RoundProgress, RoundRequest, RoundResult } from './round.ts';
import { learnableViews } from './tail-examples.ts';
import { trainTail } from './train-tail.ts';
import type { TrainedTail } from './lesson.ts';

export type RoundTools = {
  readonly createTrainer: (options: TrainerOptions, runtime: Runtime) => Promise<Trainer>;
  /** Milliseconds. */
  readonly now: () => number;
};

type OnProgress = (progress: RoundProgress) => void;

/** What it works out about a base serves the rounds that follow, until one comes from another base. */
export class RoundRunner {
  readonly #tools: RoundTools;
  #known: { readonly file: Uint8Array; readonly threads: number; readonly base: KnownBase } | undefined;

  constructor(tools: RoundTools) {
    this.#tools = tools;
  }

  /**
   * The same request gives the same result when it is trained at the same level. A round whose engine is lost is done again
   * from its start on the processor. Rejects when the base, the bank and the incumbent do not belong together.
   */
  async run(request: RoundRequest, onProgress: OnProgress): Promise<RoundResult> {
    try {
      return await this.#onBackend(request, onProgress);
    } catch (error) {
      // What is kept of the base may be what failed: the next round begins with a fresh one.
      await this.dispose();
      throw error;
    }
  }

  async dispose(): Promise<void> {
    await this.#known?.base.dispose();
    this.#known = undefined;
  }

  async #onBackend(request: RoundRequest, onProgress: OnProgress): Promise<RoundResult> {
    try {
      return await this.#attempt(request, request.backend, onProgress);
    } catch (error) {
      if (!(error instanceof BackendLostError)) throw error;
      const result = await this.#attempt(request, 'wasm', onProgress);
      return { ...result, training: { ...result.training, lost: error.message } };
    }
  }

  async #attempt(request: RoundRequest, backend: BackendChoice, onProgress: OnProgress): Promise<RoundResult> {
    const { now, createTrainer } = this.#tools;
    const { threads, seed } = request;
    const untilMs = now() + request.budgetMs;
    const base = await this.#base(request);
    const { latents: room, made } = await roomLatents(request, base);
    const start = await grownModel(base, room);
    const trained =
      learnableViews(room, start).length > 0
        ? await trainTail(
            { base, room, start, seed },
            { createTrainer: (options) => createTrainer(options, { backend, threads }), now, onProgress },
            untilMs,
          )
        : null;
    onProgress({ kind: 'checking' });
    const questions = questionsOf(base, room);
    let after: readonly string[] = [];
    const { delta, child } = await makeDelta(
      request.incumbent,
      { ...start, weights: new Map([...start.weights, ...(trained?.weights ?? [])]) },
      async (rounded) => {
        const measuring = await Measuring.of(rounded, base, threads);
        try {
          const { keys, meanEmbedding } = await measuring.examined(questions);
          after = keys;
          return { meanEmbedding, probes: await measuring.probes() };
        } finally {
          await measuring.dispose();
        }
      },
    );
    const before = await this.#answersOfIncumbent(request, base, questions);
    return {
      model: child,
      delta,
      answers: questions.map((question, i) => answerOf(question, before[i], after[i])),
      views: made,
      training: {
        lesson: trained && lessonOf(trained, base),
        newSamples: made.length,
        lost: null,
      },
    };
  }

  async #base({ base: file, latentsPath, threads }: RoundRequest): Promise<KnownBase> {
    const known = this.#known;
    if (known?.threads === threads && Buffer.compare(known.file, file) === 0) return known.base;
    await this.dispose();
    const base = await KnownBase.open(file, latentsPath, threads);
    this.#known = { file, threads, base };
    return base;
  }

  async #answersOfIncumbent(
    { incumbent, threads }: RoundRequest,
    base: KnownBase,
    questions: readonly Question[],
  ): Promise<readonly string[]> {
    const measuring = await Measuring.of(decodeModel(incumbent), base, threads);
    try {
      return (await measuring.examined(questions)).keys;
    } finally {
      await measuring.dispose();
    }
  }
}

function answerOf({ use, sample, label }: Question, before = '', after = ''): Answer {
  return { use, sample, label, before, after };
}

function lessonOf({ cut, steps, stepMs, backend, right }: TrainedTail, base: KnownBase): RoundLesson {
  return { level: cut === base.model.spec.embedding ? 'head' : 'last blocks', cut, steps, stepMs, backend, right };
}
