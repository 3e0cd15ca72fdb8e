/** The base with outputs for the room's own labels: where a round's training begins. */
import { labelFromText } from '../../../protocol/learning/labels.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Candidate } from '../../../protocol/learning/model-delta.ts';
import { grownHead, withOutputs } from './grown-head.ts';
import type { NewOutput } from './grown-head.ts';
import type { KnownBase } from './known-base.ts';
import type { SampleLatents } from './room-latents.ts';

/** Of each sample, enough for its class' mean: as it is and mirrored. */
const imprintedViews = 2;

/**
 * The base's labels stay first and in their order; the room's own, those that a training sample has, follow by key. A label
 * that would be the only one is left out: nothing could be anything else.
 */
export async function grownModel(base: KnownBase, room: readonly SampleLatents[]): Promise<Candidate> {
  const { spec, labels, weights, meanEmbedding, temperature, threshold } = base.model;
  const added = newLabels(labels, room);
  const outputs: NewOutput[] = [];
  for (const { key } of added) {
    const views = room.flatMap(({ sample, views }) => (sample.label === key ? views.slice(0, imprintedViews) : []));
    const { embeddings, logits } = await base.said(views);
    outputs.push({ embeddings, bestLogits: logits.map((row) => (row.length > 0 ? Math.max(...row) : 0)) });
  }
  return {
    spec: withOutputs(spec, labels.length + added.length),
    labels: [...labels, ...added],
    weights: grownHead(spec, weights, outputs, meanEmbedding),
    temperature,
    threshold,
  };
}

function newLabels(known: readonly Label[], room: readonly SampleLatents[]): readonly Label[] {
  const shipped = new Set(known.map(({ key }) => key));
  const keys = room.flatMap(({ sample: { split, label } }) =>
    split === 'train' && label !== null && !shipped.has(label) ? [label] : [],
  );
  // A label that is no key of ours cannot stand in a model; its samples are left out.
  const added = [...new Set(keys)].sort().flatMap((key) => labelFromText(key) ?? []);
  return known.length + added.length > 1 ? added.map((label) => ({ ...label, grown: true })) : [];
}
