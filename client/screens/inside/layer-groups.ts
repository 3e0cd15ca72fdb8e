/** The steps of a network in groups that a person can open: a block's layers are named `block3/…`, any other stands alone. */
import type { StepMaps } from '../../recognition/inside.ts';

export type LayerGroup = { readonly name: string; readonly steps: readonly StepMaps[] };

export function layerGroups(steps: readonly StepMaps[]): readonly LayerGroup[] {
  const names = [...new Set(steps.map(groupOf))];
  return names.map((name) => ({ name, steps: steps.filter((step) => groupOf(step) === name) }));
}

function groupOf({ layer }: StepMaps): string {
  return layer.name.split('/')[0] ?? layer.name;
}
