/** The picture to ask about next: the one way to choose it, for the app and for `occhio replay`. */
import type { AskReason, JudgedPicture } from './ask-reason.ts';
import { reasonToAsk } from './ask-reason.ts';
import { worthOf } from './worth.ts';

/** Of so many recent pictures one is chosen. More would find better ones, and take more memory and time. */
export const recentKept = 400;

export type RecentPictures = {
  /** `[d]` each, of length 1: see `direction`. */
  readonly recent: readonly Float64Array[];
  /** Those that were labelled, or asked about already. */
  readonly settled: readonly Float64Array[];
  /** What is thought now of the recent picture at this place; called for few of them. */
  readonly judge: (place: number) => Promise<Pick<JudgedPicture, 'probabilities' | 'known'>>;
};

/** The place of the recent picture whose answer would teach most, and why it is asked; undefined when none is worth a question. */
export async function mostTelling({
  recent,
  settled,
  judge,
}: RecentPictures): Promise<{ readonly place: number; readonly reason: AskReason } | undefined> {
  const best = worthOf(recent, settled)
    .map((worth, place) => ({ ...worth, place }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  for (const { place, alike } of best) {
    const reason = reasonToAsk({ ...(await judge(place)), alike });
    if (reason) return { place, reason };
  }
  return undefined;
}
