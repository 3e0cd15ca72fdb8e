/**
 * One round: from the base model and everything that people said in the room, a candidate. Latent replay (Pellegrini et
 * al. 2020): the front of the network stays as it is, so that activations at the cut, of the room's pictures and of the
 * base's bank, are computed once; what comes after, convolutions and head, learns from both.
 */
import { makeDelta } from '../../../protocol/learning/model-delta.ts';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { readLatentBank } from '../../models/latent-bank.ts';
import { probesOf } from '../../models/probes.ts';
import { grownModel } from './grown-model.ts';
import { answersOf, meanEmbeddingOf } from './measure.ts';
import { roomLatents } from './room-latents.ts';
import type { RoundProgress, RoundRequest, RoundResult } from './round.ts';
import { trainTail } from './train-tail.ts';

/** The same request gives the same result. Rejects when the base, the bank and the incumbent do not belong together. */
export async function runRound(
  request: RoundRequest,
  onProgress: (progress: RoundProgress) => void,
): Promise<RoundResult> {
  const { threads, seed } = request;
  const base = decodeModel(request.base);
  const incumbent = decodeModel(request.incumbent);
  const bank = await readLatentBank(request.latentsPath);
  const room = await roomLatents(request, base, bank.cut);
  const start = await grownModel(base, bank.cut, room, threads);
  const trained = await trainTail({ base, bank, room, start, threads, seed }, onProgress);
  onProgress({ kind: 'checking' });
  const weights = new Map([...start.weights, ...trained]);
  const { delta, child } = await makeDelta(request.incumbent, { ...start, weights }, async (rounded) => ({
    meanEmbedding: await meanEmbeddingOf(rounded, bank, threads),
    probes: await probesOf(rounded.spec, rounded.weights, threads),
  }));
  const answers = await answersOf({ base, incumbent, candidate: decodeModel(child), bank, room, threads });
  return { model: child, delta, answers };
}
