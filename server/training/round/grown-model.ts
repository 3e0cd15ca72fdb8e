/** The base with outputs for the room's own labels: where a round's training begins. */
import { labelFromText } from '../../../protocol/learning/labels.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import { createInference, outputsOf } from '../inference.ts';
import { grownHead, withOutputs } from './grown-head.ts';
import type { NewOutput } from './grown-head.ts';
import type { SampleLatents } from './room-latents.ts';

/** The base's labels stay first and in their order; the room's own, those that a training sample has, follow by key. */
export async function grownModel(
  base: Model,
  cut: string,
  room: readonly SampleLatents[],
  threads: number,
): Promise<Candidate> {
  const added = newLabels(base, room);
  const outputs = await newOutputs(base, cut, added, room, threads);
  return {
    spec: withOutputs(base.spec, base.labels.length + added.length),
    labels: [...base.labels, ...added],
    weights: grownHead(base.spec, base.weights, outputs, base.meanEmbedding),
    temperature: base.temperature,
    threshold: base.threshold,
  };
}

function newLabels(base: Model, room: readonly SampleLatents[]): readonly Label[] {
  const shipped = new Set(base.labels.map(({ key }) => key));
  const keys = room.flatMap(({ sample: { split, label } }) =>
    split === 'train' && label !== null && !shipped.has(label) ? [label] : [],
  );
  // A label that is no key of ours cannot stand in a model; its samples are left out.
  return [...new Set(keys)].sort().flatMap((key) => labelFromText(key) ?? []);
}

async function newOutputs(
  base: Model,
  cut: string,
  added: readonly Label[],
  room: readonly SampleLatents[],
  threads: number,
): Promise<readonly NewOutput[]> {
  if (added.length === 0) return [];
  const tail = tailSpec(base.spec, cut);
  const trainer = await createInference(tail, weightsOf(tail, base.weights), threads);
  try {
    const outputs: NewOutput[] = [];
    for (const { key } of added) {
      const views = room.flatMap(({ sample, views }) => (sample.label === key ? views : []));
      const embeddings = await outputsOf(trainer, views, tail.embedding);
      const logits = await outputsOf(trainer, views, tail.head);
      outputs.push({ embeddings, bestLogits: logits.map((row) => row.reduce((a, b) => Math.max(a, b), -Infinity)) });
    }
    return outputs;
  } finally {
    await trainer.dispose();
  }
}
