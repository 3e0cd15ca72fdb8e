/** The hub's back half, put together: registry, rounds and offers. */
import { join } from 'node:path';
import type { ModelHash, RoomName } from '../../protocol/ids.ts';
import { homeRoom } from '../../protocol/ids.ts';
import type { ModelOffer } from '../../protocol/messages/model-offer.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';
import { ModelFolder } from '../models/model-folder.ts';
import { Registry } from '../models/registry.ts';
import { installBase } from '../models/shipped-base.ts';
import { offerOf } from '../push/offers.ts';
import type { VersionRecord } from '../store/version-store.ts';
import { backendName } from './inference.ts';
import type { Learning, LearningOptions } from './learning-port.ts';
import { RoomRound } from './room-round.ts';
import { RoundLoop } from './round-loop.ts';
import { runInProcess } from './round/round-process.ts';

export function createLearning(options: LearningOptions): Learning {
  return new HubLearning(options);
}

class HubLearning implements Learning {
  readonly #threads: number;
  readonly #folder: ModelFolder;
  readonly #registry: Registry;
  readonly #loop: RoundLoop;
  #backend = 'starting';

  constructor({ dataDir, samples, versions, broadcast, log, trainer }: LearningOptions) {
    const { threads } = trainer;
    const folder = new ModelFolder(join(dataDir, 'models'));
    const now = Date.now;
    this.#threads = threads;
    this.#folder = folder;
    this.#registry = new Registry({ folder, versions, installBase: () => installBase(folder, threads), now });
    const round = new RoomRound({
      samples,
      registry: this.#registry,
      broadcast,
      runRound: runInProcess,
      threads,
      now,
    });
    this.#loop = new RoundLoop({ samples, round, broadcast, log, now });
  }

  get backend(): string {
    return this.#backend;
  }

  async start(): Promise<void> {
    await this.#folder.tidy();
    this.#backend = await backendName(this.#threads);
    await this.#registry.current(homeRoom);
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  current(room: RoomName): Promise<VersionRecord> {
    return this.#registry.current(room);
  }

  async offerFor(room: RoomName, holds: readonly ModelHash[]): Promise<ModelOffer | null> {
    const current = await this.#registry.current(room);
    return holds[0] === current.model ? null : offerOf(current, holds, this.#folder);
  }

  modelFile(model: ModelHash): string | null {
    return this.#folder.path(model);
  }

  delta(model: ModelHash, parent: ModelHash): Promise<Uint8Array | null> {
    return this.#folder.readDelta(model, parent);
  }

  status(room: RoomName): TrainStatus {
    return { type: 'train-status', status: this.#loop.status(room) };
  }
}
