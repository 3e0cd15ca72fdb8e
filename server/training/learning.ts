/** The hub's back half, put together: registry, rounds and offers. */
import { join } from 'node:path';
import type { DownMessage } from '../../protocol/down.ts';
import type { ModelHash, RoomName } from '../../protocol/ids.ts';
import { homeRoom } from '../../protocol/ids.ts';
import type { History } from '../../protocol/messages/history.ts';
import type { ModelOffer } from '../../protocol/messages/model-offer.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';
import { historyOf } from '../models/history.ts';
import { ModelFolder } from '../models/model-folder.ts';
import type { PinOutcome } from '../models/registry.ts';
import { Registry } from '../models/registry.ts';
import { installBase } from '../models/shipped-base.ts';
import { offerOf } from '../push/offers.ts';
import type { VersionRecord } from '../store/version-store.ts';
import type { Runtime } from './backends.ts';
import type { Learning, LearningOptions } from './learning-port.ts';
import { RoomRound } from './room-round.ts';
import { RoundLoop } from './round-loop.ts';
import { RoundProcess } from './round/round-process.ts';

export function createLearning(options: LearningOptions): Learning {
  return new HubLearning(options);
}

class HubLearning implements Learning {
  readonly #runtime: Runtime;
  readonly #folder: ModelFolder;
  readonly #registry: Registry;
  readonly #process = new RoundProcess();
  readonly #loop: RoundLoop;
  readonly #broadcast: (room: RoomName, message: DownMessage) => void;
  #backend = 'starting';

  constructor({ dataDir, samples, latents, versions, broadcast, log, trainer }: LearningOptions) {
    const { threads } = trainer;
    const folder = new ModelFolder(join(dataDir, 'models'));
    const now = Date.now;
    this.#runtime = trainer;
    this.#folder = folder;
    this.#broadcast = broadcast;
    this.#registry = new Registry({ folder, versions, installBase: () => installBase(folder, threads), now });
    const round = new RoomRound({
      samples,
      latents,
      registry: this.#registry,
      broadcast,
      runRound: (request, hooks) => this.#process.run(request, hooks),
      trainer,
      log,
      now,
    });
    this.#loop = new RoundLoop({ samples, round, broadcast, log, now });
  }

  get backend(): string {
    return this.#backend;
  }

  async start(): Promise<void> {
    await this.#folder.tidy();
    this.#backend = await this.#process.engine(this.#runtime);
    await this.#registry.current(homeRoom);
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#process.end();
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

  history(room: RoomName): Promise<History> {
    return historyOf(room, this.#registry);
  }

  async pin(room: RoomName, version: number | null): Promise<PinOutcome> {
    const before = await this.#registry.current(room);
    const outcome = this.#registry.pin(room, version);
    if (outcome !== 'done') return outcome;
    // What was said while a version was pinned waits to be learned.
    this.#loop.changed(room);
    this.#broadcast(room, await offerOf(await this.#registry.current(room), [before.model], this.#folder));
    return outcome;
  }
}
