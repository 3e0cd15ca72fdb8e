/** What is measured on a candidate as devices will have it. */
import { argMax } from '../../../protocol/learning/metrics.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import type { Answer } from '../../gate/answer.ts';
import type { LatentBank } from '../../models/latent-bank.ts';
import { latentAt, recordsOf } from '../../models/latent-bank.ts';
import { createInference, meanOf, outputsOf } from '../inference.ts';
import type { SampleLatents } from './room-latents.ts';

/** Records of the bank that the mean embedding is taken over. */
const meanRecords = 500;

/** The mean embedding over base pictures of all labels, `[d]`. */
export async function meanEmbeddingOf(
  { spec, weights }: Candidate,
  bank: LatentBank,
  threads: number,
): Promise<Float32Array> {
  const records = recordsOf(bank, 'replay');
  const apart = Math.max(1, Math.floor(records.length / meanRecords));
  const latents = records.filter((_, i) => i % apart === 0).map((record) => latentAt(bank, record));
  return meanOf(await tailOutputs({ spec, weights }, bank.cut, latents, spec.embedding, threads));
}

/** What both models say to the room's labelled pictures and to the bank's held-back ones. "None of these" is not asked. */
export async function answersOf(options: {
  readonly base: Model;
  readonly incumbent: Model;
  readonly candidate: Model;
  readonly bank: LatentBank;
  readonly room: readonly SampleLatents[];
  readonly threads: number;
}): Promise<readonly Answer[]> {
  const { base, bank, room } = options;
  const questions = [
    ...room.flatMap(({ sample: { id, split, label }, plain }) =>
      label === null
        ? []
        : [{ use: split === 'train' ? ('taught' as const) : ('check' as const), sample: id, label, latent: plain }],
    ),
    ...recordsOf(bank, 'gate').map((record) => ({
      use: 'check' as const,
      sample: null,
      label: base.labels[bank.labels[record] ?? 0]?.key ?? '',
      latent: latentAt(bank, record),
    })),
  ];
  const latents = questions.map(({ latent }) => latent);
  const said = async (model: Model): Promise<readonly string[]> => {
    const logits = await tailOutputs(model, bank.cut, latents, model.spec.head, options.threads);
    return logits.map((row) => model.labels[argMax(row)]?.key ?? '');
  };
  const before = await said(options.incumbent);
  const after = await said(options.candidate);
  return questions.map(({ use, sample, label }, i) => ({
    use,
    sample,
    label,
    before: before[i] ?? '',
    after: after[i] ?? '',
  }));
}

async function tailOutputs(
  model: Pick<Model, 'spec' | 'weights'>,
  cut: string,
  latents: readonly Float32Array[],
  layer: string,
  threads: number,
): Promise<readonly Float32Array[]> {
  const spec = tailSpec(model.spec, cut);
  const trainer = await createInference(spec, weightsOf(spec, model.weights), threads);
  try {
    return await outputsOf(trainer, latents, layer);
  } finally {
    await trainer.dispose();
  }
}
