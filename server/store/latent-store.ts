/** What the base made of the samples' pictures: a cache, which a round fills and the next one saves its time by. */
import type { RoomName, SampleId } from '../../protocol/ids.ts';

export type SampleViews = {
  readonly sample: SampleId;
  /** The activations of its views, as the round wrote them. */
  readonly views: Uint8Array;
};

/**
 * Guarantees: what is found is what was kept last for the sample, under the same `madeBy`; a deleted sample's latents are
 * gone in the transaction of its picture; a room's are bounded, and those of its oldest samples make way.
 */
export interface LatentStore {
  /** Null when there are none: never kept, made by something else, or made way. `madeBy`: all that they depend on beside the picture. */
  find(sample: SampleId, madeBy: string): Uint8Array | null;
  /** Of samples that were deleted meanwhile, nothing is kept. Rejects with StoreError. */
  keep(room: RoomName, madeBy: string, latents: readonly SampleViews[]): Promise<void>;
}
