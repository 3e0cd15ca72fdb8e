import { expect, it } from 'vitest';
import { seenOnce } from '../../../protocol/learning/glances.ts';
import { adaptHead } from '../../../protocol/learning/heads/adapted-head.ts';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import { averagedLayer, sharesOf } from '../../../protocol/learning/heatmap.ts';
import { signedRandom } from '../../support/random-network.ts';

const [places, channels] = [9, 5];
const random = signedRandom(4);
const maps = Float32Array.from({ length: places * channels }, () => random() + 1);
const labels = ['cup', 'bowl', 'spoon'];
const base = {
  kernel: Float32Array.from({ length: channels * labels.length }, random),
  bias: Float32Array.from(labels, random),
  labels,
  grown: new Set<string>(),
};

/** The class-activation map by its definition: the weighted sum of the maps at each place, over the number of places. */
function plainMap(label: number): readonly number[] {
  return Array.from({ length: places }, (_, place) => {
    const terms = Array.from(
      { length: channels },
      (__, channel) =>
        (maps[place * channels + channel] ?? NaN) * (base.kernel[channel * labels.length + label] ?? NaN),
    );
    return terms.reduce((sum, term) => sum + term, 0) / places;
  });
}

it('gives a linear head’s class-activation map, whose shares add up to the logit without its bias', () => {
  const head = adaptHead(base, [], { mean: new Float32Array(channels), temperature: 1 });
  for (const label of labels.keys()) {
    const shares = sharesOf(maps, channels, (embedding) => head.logits(seenOnce(embedding))[label] ?? NaN);
    plainMap(label).forEach((expected, place) => {
      expect(shares[place]).toBeCloseTo(expected, 5);
    });
  }
});

it('finds the places that look like what the device has learned', () => {
  const undecided = { ...base, kernel: new Float32Array(base.kernel.length), bias: new Float32Array(labels.length) };
  const example = Float32Array.of(9, 0, 0, 0, 0);
  const head = adaptHead(undecided, [{ averaged: example, label: 'mug' }], {
    mean: new Float32Array(channels),
    temperature: 1,
  });
  const mug = head.labels.indexOf('mug');
  const learned = [3, 4, 5];
  // The first channel is what the example shows; at the other places there is everything else.
  const scene = Float32Array.from({ length: places * channels }, (_, i) => {
    const isLearned = learned.includes(Math.floor(i / channels));
    if (i % channels === 0) return isLearned ? 3 : 0;
    return isLearned ? 0 : 1;
  });
  const shares = sharesOf(scene, channels, (embedding) => head.logits(seenOnce(embedding))[mug] ?? NaN);
  expect([...shares.keys()].filter((place) => (shares[place] ?? 0) > 0)).toEqual(learned);
  expect([...shares].filter((share) => share < 0)).toHaveLength(places - learned.length);
});

it('finds the maps that the embedding averages, and none where they are flattened', () => {
  expect(averagedLayer(mobile({ classes: 3 }))).toBe('features');
  expect(averagedLayer(talk({ classes: 3 }))).toBeUndefined();
});
