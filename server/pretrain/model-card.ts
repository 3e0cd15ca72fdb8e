/** The words that go with the base model (Mitchell et al. 2019): what it is, what it can and cannot do. */
import { mobileSize } from '../../protocol/learning/backbones/mobile.ts';
import { wilsonInterval } from '../../protocol/learning/wilson-interval.ts';
import { percent } from '../report/percent.ts';
import type { Judgement } from './judge.ts';
import type { ProbeResult } from './probe.ts';
import type { RunState } from './run-state.ts';
import { cycles, usualMinutes } from './schedule.ts';

export type CardFacts = {
  readonly state: RunState;
  readonly judgement: Judgement;
  readonly probes: readonly ProbeResult[];
  readonly bytes: { readonly weights: number; readonly latents: number };
  readonly parameters: number;
  readonly labels: number;
  readonly trainTiles: number;
};

/** The model card, as Markdown. */
export function modelCard(facts: CardFacts): string {
  const { state, judgement, probes, bytes, parameters, labels, trainTiles } = facts;
  const passes = (state.step * state.batchSize) / trainTiles;
  return `# The base model

The network that every room starts from: \`mobile\`, ${thousands(parameters)} parameters, ${thousands(labels)} labels in English and Italian
(\`labels.json\`), input ${String(mobileSize)} x ${String(mobileSize)}. Trained from nothing by \`npm run pretrain\` with the project's own engine; no foreign weights are in it.

| file | bytes | what |
|---|---|---|
| \`model.json\`, \`weights.bin\` | ${thousands(bytes.weights)} | tfjs layers format, half-precision, batch normalisation folded in |
| \`labels.json\` | | the labels, in the order of the outputs, and the classes that each was learned from |
| \`calibration.json\` | | temperature of the softmax; probability below which the answer is "I don't know" |
| \`latents.bin\` | ${thousands(bytes.latents)} | activations after \`block9\`, 8 bits: five training tiles a label to replay, two held-back ones for the gate |

## Data
${thousands(trainTiles)} tiles of 64 or 80 pixels to train on; the last tenth of every class, ${thousands(judgement.n)} tiles, was held back and is what the
figures below are measured on. Overlapping classes of the packs were merged into one label.

| pack | licence of the pictures |
|---|---|
| 100 + 184 classes of ImageNet | non-commercial research |
| 100 classes of Caltech-101 | CC BY 4.0 |
| 20 everyday things | unclear, research |

Targets: the labels (smoothed by 0.1) and, for the same tiles, the embedding (64 principal components) and class probabilities of MobileNetV2 1.0
(Apache-2.0). **The terms of the ImageNet pictures are for research that is not commercial; whoever wants to sell a product should train the base on other
pictures.** No picture is in the repository; the latents cannot be shown, but were made from these pictures.

## Recipe
Adam, decoupled weight decay 0.02 on kernels, batch ${String(state.batchSize)}; cross-entropy with the labels + cosine to the teacher's embedding +
cross-entropy to its classes. In ${String(cycles.length)} cycles, each with warm-up and a cosine, each from the averaged weights of the one before:

| part of the time | learning rate up to | weights of the losses | pictures and views |
|---|---|---|---|
${cycles
  .map(({ minutes, learningRate, lossWeights, phases }) => {
    const { labels: named, teacherEmbedding, teacherClasses } = lossWeights;
    const views = phases.map(
      ({ size, augmentation, until }) =>
        `${String(size)} px, \`${augmentation}\`, until ${percent(until)} of the cycle`,
    );
    return `| ${percent(minutes / usualMinutes)} | ${String(learningRate)} | ${[named, teacherEmbedding, teacherClasses].join(' / ')} | ${views.join('; ')} |`;
  })
  .join('\n')}

Weights averaged over the last few hundred steps. Seed ${String(state.seed)}, ${thousands(state.step)} steps (${passes.toFixed(1)} passes) in ${(state.elapsedMs / 60_000).toFixed(0)} minutes on two
shared cores. The schedule follows the clock, so another machine takes another number of steps.

## Figures
On the ${thousands(judgement.n)} held-back tiles, at ${String(mobileSize)} px, with the weights as they stand in \`weights.bin\`:

| | |
|---|---|
| right at first | ${percent(judgement.top1)} |
| right among the first five | ${percent(judgement.top5)} |
| right label or right family at first (a kind of dog for another is right) | ${percent(judgement.family)} |
| calibration error (15 bins), temperature 1 / ${judgement.temperature.toFixed(2)} | ${percent(judgement.rawCalibrationError)} / ${percent(judgement.calibrationError)} |

A reference to beat: a network of 730,000 parameters trained elsewhere on labels alone, 64 px, 4.9 passes in seven minutes on two cores, was right at
first on 30.7 % of the held-back tiles of the 384 classes before merging. The temperature and the threshold were fitted on these same held-back tiles:
their own figure is slightly flattering.

The nine things of the talk, as a label set of their own (each word with all its kinds; a tile counts as right when its word is the likeliest of the nine):
${talkText(judgement)}.

| | ${judgement.talk.map(({ word }) => word).join(' | ')} |
|---|${judgement.talk.map(() => '---').join('|')}|
| tiles | ${judgement.talk.map(({ n }) => String(n)).join(' | ')} |
| right | ${judgement.talk.map(({ right, n }) => percent(right / n)).join(' | ')} |

A linear head on the frozen embedding, for phone photos of objects that it never learned:

| set | classes | trained on | tested on | right |
|---|---|---|---|---|
${probes.map(({ set, classes, trained, n, right }) => `| ${set} | ${String(classes)} | ${thousands(trained)} | ${thousands(n)} | ${percent(right)} |`).join('\n')}

One run, one seed: differences of a point or two are chance.

## Limits
Learned from small, centred pictures of the web: clutter, unusual angles and dim rooms are harder than the figures say. Many labels are animals and things
that no desk has; the owner's corrections are what makes it useful. It shows pictures of people as "person" or "face" and nothing else; it must not be used to
identify or judge people. Fine kinds (breeds of dogs, boats) are often confused within their family.
`;
}

function talkText({ talk }: Judgement): string {
  const right = talk.reduce((sum, one) => sum + one.right, 0);
  const n = talk.reduce((sum, one) => sum + one.n, 0);
  const { low, high } = wilsonInterval(right, n);
  return `${percent(right / n)} right (${percent(low)} to ${percent(high)}) of ${thousands(n)} tiles`;
}

function thousands(n: number): string {
  return n.toLocaleString('en');
}
