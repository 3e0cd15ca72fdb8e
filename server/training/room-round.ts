/** One round of one room, from what the store holds to a verdict that every device hears. */
import type { DownMessage } from '../../protocol/down.ts';
import type { EventId, RoomName } from '../../protocol/ids.ts';
import { decodeModel, hashModel } from '../../protocol/learning/model-file.ts';
import type { Report } from '../../protocol/messages/report.ts';
import { judge } from '../gate/gate.ts';
import type { Registry } from '../models/registry.ts';
import { offerOf } from '../push/offers.ts';
import type { LabelledSample, SampleStore } from '../store/sample-store.ts';
import type { VersionRecord } from '../store/version-store.ts';
import type { RoundRequest, RoundResult } from './round/round.ts';
import type { RoundHooks } from './round/round-process.ts';

/** The newest of each split, so that a round fits memory and minutes. */
const mostSamples = 4000;

/** Rounds differ by what people said, not by luck. */
const seed = 1;

export type RoomRoundOptions = {
  readonly samples: SampleStore;
  readonly registry: Registry;
  readonly broadcast: (room: RoomName, message: DownMessage) => void;
  readonly runRound: (request: RoundRequest, hooks: RoundHooks) => Promise<RoundResult>;
  readonly threads: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export class RoomRound {
  readonly #options: RoomRoundOptions;

  constructor(options: RoomRoundOptions) {
    this.#options = options;
  }

  /** Corrections that the newest round has not learned from, and those that it learned from and that were taken back. */
  pending(room: RoomName): number {
    const { samples, registry } = this.#options;
    const said = new Set(corrections(samples.labelled(room)));
    const learned = new Set(registry.latest(room)?.corrections);
    const isNew = [...said].filter((event) => !learned.has(event));
    const takenBack = [...learned].filter((event) => !said.has(event));
    return isNew.length + takenBack.length;
  }

  /** Trains, judges, and promotes or refuses. Rejects with RoundError, or when the disk fails; nothing has changed then. */
  async run(room: RoomName, hooks: RoundHooks): Promise<void> {
    const { samples, registry, broadcast, now } = this.#options;
    const startMs = now();
    const [current, base] = [await registry.current(room), await registry.base(room)];
    const labelled = samples.labelled(room);
    const incumbent = await registry.folder.read(current.model);
    const result = await this.#options.runRound(
      {
        base: await registry.folder.read(base.model),
        latentsPath: registry.folder.latentsPath(base.model),
        incumbent,
        samples: [...newest(labelled, 'train'), ...newest(labelled, 'validation')].flatMap((sample) => {
          const jpeg = samples.picture(sample.id);
          return jpeg ? [{ id: sample.id, split: sample.split, label: sample.label, jpeg }] : [];
        }),
        threads: this.#options.threads,
        seed,
      },
      hooks,
    );
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
        createdAtMs: now(),
        corrections: learned,
      },
      result,
    );
    broadcast(room, report);
    if (report.verdict !== 'refused')
      broadcast(room, await offerOf(await registry.current(room), [current.model], registry.folder));
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
