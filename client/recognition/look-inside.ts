/** What the live model makes of a frame, layer by layer, and where in it the best answer comes from. */
import type { Step } from '../../protocol/learning/forward.ts';
import type { Seen } from '../../protocol/learning/glances.ts';
import { seenOnce } from '../../protocol/learning/glances.ts';
import type { AdaptedHead } from '../../protocol/learning/heads/adapted-head.ts';
import type { BaseHead } from '../../protocol/learning/heads/base-head.ts';
import { baseLogits } from '../../protocol/learning/heads/base-head.ts';
import type { Answer } from './api.ts';
import { inputOf } from './embed-pictures.ts';
import type { SeenFrame } from './frame-ring.ts';
import type { Heatmaps, Inside } from './inside.ts';
import { averagedStep, channelsRead, drawnSteps, heatmapOf, pictureOf } from './inside.ts';
import type { LiveModel } from './live-model.ts';
import { answersFrom, everything } from './live-model.ts';

/** `head`: with what the device has learned; undefined when that is nothing. */
export async function lookInside(
  { crop, seen, prediction }: SeenFrame,
  live: LiveModel,
  head: AdaptedHead | undefined,
): Promise<Inside> {
  const { model, network } = live;
  const input = inputOf(model, crop);
  const steps = await network.steps(input, channelsRead(model.spec));
  return {
    prediction,
    picture: pictureOf(model.spec, input),
    steps: drawnSteps(steps),
    weights: [...model.weights.values()].reduce((sum, { values }) => sum + values.length, 0),
    heatmaps: heatmapsOf(live, head, { seen, averaged: averagedStep(model.spec, steps) }),
  };
}

/** `averaged`: the last step before the average, undefined without one; `seen`: the same frame. */
function heatmapsOf(
  { model, base }: LiveModel,
  head: AdaptedHead | undefined,
  { seen, averaged }: { readonly seen: Seen; readonly averaged: Step | undefined },
): Heatmaps | null {
  if (!averaged) return null;
  const best = (labels: readonly string[], logits: Float32Array): Answer | undefined =>
    answersFrom(model, labels, logits, everything).answers[0];
  const before = best(base.labels, baseLogits(base, seen.whole));
  const after = head && best(head.labels, head.logits(seen));
  return {
    before: before ? heatmapOf(averaged, before, (part) => labelLogit(base, before.key, part)) : null,
    after: after
      ? heatmapOf(averaged, after, (part) => head.logits(seenOnce(part))[head.labels.indexOf(after.key)] ?? 0)
      : null,
  };
}

function labelLogit({ kernel, bias, labels }: BaseHead, label: string, embedding: Float32Array): number {
  const at = labels.indexOf(label);
  return embedding.reduce((sum, value, i) => sum + value * (kernel[i * labels.length + at] ?? 0), bias[at] ?? 0);
}
