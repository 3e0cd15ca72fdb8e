/** Chooses pictures of every label and keeps their activations at the cut. */
import { seededRandom, shuffled } from '../../protocol/learning/random.ts';
import { placeLayers } from '../../protocol/learning/shapes.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { makeLatentBank } from '../models/latent-bank.ts';
import type { LatentBank } from '../models/latent-bank.ts';
import { joined } from '../training/inference.ts';
import { pictureOutputs } from '../training/picture-outputs.ts';
import type { Trainer } from '../training/trainer.ts';
import type { Tiles } from './tiles.ts';

/** The last block whose output keeps 8 x 8 places; what comes after it is what the hub trains. */
const cut = 'block9/add';
const replayPerLabel = 5;
const gatePerLabel = 2;

/** The bank of the base model that `trainer` holds: `replay` from tiles to train on, `gate` from tiles held back. */
export async function bankOf(tiles: Tiles, trainer: Trainer, spec: ModelSpec, seed: number): Promise<LatentBank> {
  const replay = somePerLabel(tiles.train, tiles.labels, replayPerLabel, seed);
  const gate = somePerLabel(tiles.heldBack, tiles.labels, gatePerLabel, seed);
  const indices = Uint32Array.from([...replay, ...gate]);
  const latents = await pictureOutputs(trainer, spec, { layer: cut, pictures: tiles.pictures, indices });
  const [h, w, c] = placeLayers(spec).find(({ layer }) => layer.name === cut)?.outputShape ?? [];
  if (h === undefined || w === undefined || c === undefined) throw new Error(`${spec.name} has no ${cut}.`);
  return makeLatentBank(joined(latents), {
    cut,
    shape: [h, w, c],
    labels: Uint16Array.from(indices, (tile) => tiles.labels[tile] ?? 0),
    splits: [...replay.map(() => 'replay' as const), ...gate.map(() => 'gate' as const)],
  });
}

function somePerLabel(members: Uint32Array, labels: Uint16Array, count: number, seed: number): readonly number[] {
  const byLabel = new Map<number, number[]>();
  for (const tile of shuffled([...members], seededRandom(seed))) {
    const label = labels[tile] ?? 0;
    const own = byLabel.get(label) ?? [];
    byLabel.set(label, own);
    if (own.length < count) own.push(tile);
  }
  return [...byLabel].sort(([a], [b]) => a - b).flatMap(([, own]) => own);
}
