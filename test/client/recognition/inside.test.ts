import { expect, it } from 'vitest';
import { channelsRead, drawnSteps, heatmapOf } from '../../../client/recognition/inside.ts';
import { mobile } from '../../../protocol/learning/backbones/mobile.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import type { Layer } from '../../../protocol/learning/model-spec.ts';

const conv: Layer = {
  ...{ kind: 'conv', name: 'conv', filters: 40, kernel: 3, stride: 1, padding: 'same' },
  ...{ activation: 'none', batchNorm: false },
};

it('turns the first maps of a step into bytes, map by map, the largest magnitude at 127', () => {
  // Two places, three channels each: [place, channel].
  const values = Float32Array.of(1, -4, 0, 2, 3, -1);
  const [step] = drawnSteps([{ layer: conv, part: 'output', shape: [1, 2, 3], values }]);
  expect(step).toMatchObject({ maps: 3, height: 1, width: 2, largest: 4 });
  expect([...(step?.values ?? [])]).toEqual([1, 2, -4, 3, 0, -1].map((value) => Math.round(value * (127 / 4))));
});

it('draws only the first maps of a step that was read whole, and a step of zeros as zeros', () => {
  const values = Float32Array.from({ length: 4 * 40 }, (_, i) => (i % 40 === 0 ? Math.floor(i / 40) : 99));
  const [step, dark] = drawnSteps([
    { layer: conv, part: 'output', shape: [2, 2, 40], values },
    { layer: conv, part: 'output', shape: [2, 2, 40], values: new Float32Array(4 * 12) },
  ]);
  expect(step?.maps).toBe(12);
  expect([...(step?.values.slice(0, 4) ?? [])]).toEqual([0, 1, 2, 3].map((value) => Math.round((value * 127) / 99)));
  expect(dark).toMatchObject({ maps: 12, largest: 0 });
  expect(dark?.values.every((value) => value === 0)).toBe(true);
});

it('draws a vector as one row', () => {
  const layer: Layer = { kind: 'flatten', name: 'flatten' };
  const [step] = drawnSteps([{ layer, part: 'output', shape: [5000], values: Float32Array.of(0, 1, 2) }]);
  expect(step).toMatchObject({ maps: 1, height: 1, width: 3 });
});

it('reads whole only what the heatmap needs', () => {
  const network = mobile({ classes: 3 });
  const channels = new Map(network.layers.map((layer) => [layer.name, channelsRead(network)(layer)]));
  expect(channels.get('features')).toBe(Infinity);
  expect([...channels.values()].filter((count) => count === Infinity)).toHaveLength(1);
  expect(talk({ classes: 3 }).layers.map(channelsRead(talk({ classes: 3 })))).not.toContain(Infinity);
});

it('shows where an answer comes from', () => {
  const values = Float32Array.of(0, 0, 4, 0, 0, 0, 0, 8);
  const answer = { key: 'cup', probability: 0.5 };
  const heat = heatmapOf({ layer: conv, part: 'output', shape: [2, 2, 2], values }, answer, ([a = 0, b = 0]) => a - b);
  expect(heat).toMatchObject({ side: 2, answer, largest: 2 });
  expect([...heat.values]).toEqual([0, 64, 0, -127]);
});
