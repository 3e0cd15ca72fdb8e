/** The hub's back half as its front half sees it: models of a room, what the trainer does, and what devices are offered. */
import type { Logger } from 'pino';
import type { DownMessage } from '../../protocol/down.ts';
import type { ModelHash, RoomName } from '../../protocol/ids.ts';
import type { History } from '../../protocol/messages/history.ts';
import type { ModelOffer } from '../../protocol/messages/model-offer.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';
import type { LatentStore } from '../store/latent-store.ts';
import type { PinOutcome } from '../models/registry.ts';
import type { SampleStore } from '../store/sample-store.ts';
import type { VersionRecord, VersionStore } from '../store/version-store.ts';
import type { RoundTrainer } from './room-round.ts';

export type LearningOptions = {
  /** Models lie in its folder `models`, each under its hash. */
  readonly dataDir: string;
  readonly samples: SampleStore;
  readonly latents: LatentStore;
  readonly versions: VersionStore;
  /**
   * To every device that is now in the room. Learning sends train-status, report and model-offer; the hub follows each
   * report and each offer with the room-state by itself.
   */
  readonly broadcast: (room: RoomName, message: DownMessage) => void;
  readonly log: Logger;
  readonly trainer: RoundTrainer;
};

/** `createLearning(options): Learning` stands in `learning.ts`. */
export interface Learning {
  /** Where training runs, in words, for people: `wasm (2 threads)`. Known after `start`. */
  readonly backend: string;
  /** Looks at what the store holds and goes on from there; resolves when devices can be served. */
  start(): Promise<void>;
  /** Ends a running round without a result. Nothing is written and nothing broadcast after it resolves. */
  stop(): Promise<void>;
  /** The room's current version. A room comes into being with the shipped base on its first call. */
  current(room: RoomName): Promise<VersionRecord>;
  /** What a device that holds these models, the live one first, is to be told; null when the current one is live. */
  offerFor(room: RoomName, holds: readonly ModelHash[]): Promise<ModelOffer | null>;
  /** Where the whole model lies; null when there is no such model. */
  modelFile(model: ModelHash): string | null;
  /** What turns the parent's file into the model's; null when it cannot be made. */
  delta(model: ModelHash, parent: ModelHash): Promise<Uint8Array | null>;
  status(room: RoomName): TrainStatus;
  /** The room's newest versions. */
  history(room: RoomName): Promise<History>;
  /** Makes a promoted version current and keeps it so, or with null lets go; the room's devices are offered what is current then. */
  pin(room: RoomName, version: number | null): Promise<PinOutcome>;
}
