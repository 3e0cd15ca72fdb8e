import { expect, it } from 'vitest';
import type { Picture } from '../../../../client/pictures/picture.ts';
import { allSelected, extended, nothingSelected, toggled } from '../../../../client/screens/pictures/selection.ts';
import { newDeviceId, newSampleId } from '../../../../protocol/ids.ts';

const shown = Array.from({ length: 6 }, (): Picture => ({
  sample: newSampleId(),
  capturedAtMs: 1,
  device: newDeviceId(),
  deviceName: null,
  prediction: null,
  said: null,
  dispute: null,
  state: { kind: 'sent' },
}));
const [a, b, c, d, e, f] = shown.map(({ sample }) => sample) as [Picture['sample'], ...Picture['sample'][]];

it('selects one, and no longer', () => {
  const one = toggled(nothingSelected, a);
  expect([one.on, ...one.samples]).toEqual([true, a]);
  // Selecting goes on until it is ended.
  expect(toggled(one, a)).toMatchObject({ on: true, samples: new Set() });
});

it('selects from the one chosen last to another, in either direction, and keeps what was selected', () => {
  const first = toggled(toggled(nothingSelected, f!), c!);
  expect(extended(first, e!, shown).samples).toEqual(new Set([f, c, d, e]));
  expect(extended(first, a, shown).samples).toEqual(new Set([f, c, a, b]));
  // The range goes on from where it began.
  expect(extended(extended(first, d!, shown), e!, shown).anchor).toBe(c);
});

it('begins a range where nothing was chosen, or where that is no longer shown', () => {
  expect(extended(nothingSelected, b!, shown).samples).toEqual(new Set([b]));
  const gone = toggled(nothingSelected, newSampleId());
  expect(extended(gone, b!, shown)).toMatchObject({ anchor: b });
});

it('selects all that is shown', () => {
  expect(allSelected(shown).samples.size).toBe(6);
});
