/** One round of one room, from what the store holds to a verdict that every device hears. */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DownMessage } from '../../protocol/down.ts';
import type { EventId, ModelHash, RoomName } from '../../protocol/ids.ts';
import { decodeModel, hashModel } from '../../protocol/learning/model-file.ts';
import type { Report } from '../../protocol/messages/report.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';
import { figuresOf } from '../gate/figures.ts';
import { judge } from '../gate/gate.ts';
import type { Registry } from '../models/registry.ts';
import { offerOf } from '../push/offers.ts';
import type { LatentStore } from '../store/latent-store.ts';
import type { LabelledSample, SampleStore } from '../store/sample-store.ts';
import type { VersionRecord } from '../store/version-store.ts';
import { RoundCurve } from './round-curve.ts';
import type { RoundRequest, RoundResult, RoundSample } from './round/round.ts';
import type { RoundHooks } from './round/round-process.ts';
import { latentsMadeBy } from './round/views.ts';

/** The newest of each split, so that a round fits memory and minutes. */
const mostSamples = 4000;

/** Pictures that are read before whoever waits gets a turn. */
const samplesPerTurn = 64;

/** Rounds differ by what people said, not by luck. */
const seed = 1;

export type RoomRoundOptions = {
  readonly samples: SampleStore;
  readonly latents: LatentStore;
  readonly registry: Registry;
  readonly broadcast: (room: RoomName, message: DownMessage) => void;
  readonly runRound: (request: RoundRequest, hooks: RoundHooks) => Promise<RoundResult>;
  readonly trainer: RoundTrainer;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** What trains, and how long a round may take. */
export type RoundTrainer = Pick<RoundRequest, 'backend' | 'threads' | 'budgetMs'>;

/** What becomes known while a round runs. */
export type RoomProgress = Extract<TrainStatus['status'], { kind: 'training' | 'checking' }>;

export type RoomRoundHooks = Pick<RoundHooks, 'signal'> & { readonly onProgress: (progress: RoomProgress) => void };

export class RoomRound {
  readonly #options: RoomRoundOptions;

  constructor(options: RoomRoundOptions) {
    this.#options = options;
  }

  /**
   * Corrections that the newest round has not learned from, and those that it learned from and that were taken back. None
   * while a version is pinned: they wait.
   */
  pending(room: RoomName): number {
    const { samples, registry } = this.#options;
    if (registry.pinned(room)) return 0;
    const said = new Set(corrections(samples.labelled(room)));
    const learned = new Set(registry.latest(room)?.corrections);
    const isNew = [...said].filter((event) => !learned.has(event));
    const takenBack = [...learned].filter((event) => !said.has(event));
    return isNew.length + takenBack.length;
  }

  /** Trains, judges, and promotes or refuses. Rejects with RoundError, or when the disk fails; nothing has changed then. */
  async run(room: RoomName, hooks: RoomRoundHooks): Promise<void> {
    const { samples, latents, registry, broadcast, trainer, log, now } = this.#options;
    const startMs = now();
    const [current, base] = [await registry.current(room), await registry.base(room)];
    const labelled = samples.labelled(room);
    const incumbent = await registry.folder.read(current.model);
    const curve = new RoundCurve();
    const arrivals = this.#arrivals(room, new Set(corrections(labelled)));
    const result = await this.#options
      .runRound(
        {
          base: await registry.folder.read(base.model),
          latentsPath: registry.folder.latentsPath(base.model),
          incumbent,
          samples: await this.#samples(labelled, base.model),
          ...trainer,
          seed,
        },
        {
          ...hooks,
          onProgress: (progress) => {
            if (progress.kind === 'checking') {
              hooks.onProgress(progress);
              return;
            }
            const told = { ...progress, waiting: arrivals.count() };
            curve.add(told);
            hooks.onProgress(told);
          },
        },
      )
      .finally(arrivals.stop);
    const { training } = result;
    if (training.lost !== null) log.warn({ room, why: training.lost }, 'the round was done again on the processor');
    await latents.keep(room, latentsMadeBy(base.model, seed), result.views).catch((error: unknown) => {
      log.warn({ room, error }, 'the activations were not kept: the next round makes them again');
    });
    const known = new Set(decodeModel(incumbent).labels.map(({ key }) => key));
    const added = decodeModel(result.model).labels.flatMap(({ key }) => (known.has(key) ? [] : [key]));
    const learned = corrections(labelled);
    const report: Report = {
      type: 'report',
      model: await hashModel(result.model),
      parent: current.model,
      version: registry.nextVersion(room),
      ...judge(result.answers, added),
      corrections: learned.length,
      deltaBytes: result.delta.length,
      seconds: (now() - startMs) / 1000,
    };
    hooks.signal.throwIfAborted();
    await this.#conclude(
      {
        room,
        version: report.version,
        model: report.model,
        parent: report.parent,
        status: report.verdict,
        report,
        figures: { ...figuresOf(result.answers, added), curve: curve.points() },
        createdAtMs: now(),
        corrections: learned,
      },
      result,
    );
    log.info(
      { room, ...training.lesson, newSamples: training.newSamples, verdict: report.verdict, seconds: report.seconds },
      'a round',
    );
    broadcast(room, report);
    if (report.verdict !== 'refused')
      broadcast(room, await offerOf(await registry.current(room), [current.model], registry.folder));
  }

  /** Counts the corrections that come while a round learns from `learned`. */
  #arrivals(
    room: RoomName,
    learned: ReadonlySet<EventId>,
  ): { readonly count: () => number; readonly stop: () => void } {
    const { samples } = this.#options;
    let count: number | null = 0;
    const stop = samples.subscribe((changed) => {
      if (changed === room) count = null;
    });
    const counted = (): number => corrections(samples.labelled(room)).filter((event) => !learned.has(event)).length;
    return { count: () => (count ??= counted()), stop };
  }

  /** Those that have their picture still, each with the latents that are kept of it. */
  async #samples(labelled: readonly LabelledSample[], base: ModelHash): Promise<readonly RoundSample[]> {
    const { samples, latents } = this.#options;
    const madeBy = latentsMadeBy(base, seed);
    const read: RoundSample[] = [];
    for (const [i, { id, split, label }] of [
      ...newest(labelled, 'train'),
      ...newest(labelled, 'validation'),
    ].entries()) {
      if (i % samplesPerTurn === samplesPerTurn - 1) await setImmediate();
      const jpeg = samples.picture(id);
      if (jpeg) read.push({ id, split, label, jpeg, views: latents.find(id, madeBy) });
    }
    return read;
  }

  async #conclude(record: VersionRecord, { model, delta }: RoundResult): Promise<void> {
    const { registry } = this.#options;
    if (record.status === 'refused') registry.refuse(record);
    else await registry.promote(record, { model, delta });
  }
}

function corrections(labelled: readonly LabelledSample[]): readonly EventId[] {
  return labelled.flatMap(({ split, event }) => (split === 'train' ? [event] : []));
}

function newest(labelled: readonly LabelledSample[], split: LabelledSample['split']): readonly LabelledSample[] {
  return labelled.filter((sample) => sample.split === split).slice(-mostSamples);
}
