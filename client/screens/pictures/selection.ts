/** Which pictures are selected. Pure. */
import type { SampleId } from '../../../protocol/ids.ts';
import type { Picture } from '../../pictures/picture.ts';

export type Selection = {
  /** Whether a tap selects rather than opens. */
  readonly on: boolean;
  readonly samples: ReadonlySet<SampleId>;
  /** Where a range begins: what was chosen last. */
  readonly anchor: SampleId | undefined;
};

export const nothingSelected: Selection = { on: false, samples: new Set(), anchor: undefined };

/** Selects a picture, or no longer. */
export function toggled({ samples }: Selection, sample: SampleId): Selection {
  const next = new Set(samples);
  if (!next.delete(sample)) next.add(sample);
  return { on: true, samples: next, anchor: sample };
}

/** Selects everything from the anchor to this one, in the order in which they are shown. */
export function extended({ samples, anchor }: Selection, sample: SampleId, shown: readonly Picture[]): Selection {
  const to = shown.findIndex((picture) => picture.sample === sample);
  const from = shown.findIndex((picture) => picture.sample === anchor);
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  const range = shown.slice(first, last + 1).map((picture) => picture.sample);
  return { on: true, samples: new Set([...samples, ...range]), anchor: from < 0 ? sample : anchor };
}

export function allSelected(shown: readonly Picture[]): Selection {
  return { on: true, samples: new Set(shown.map(({ sample }) => sample)), anchor: shown[0]?.sample };
}
