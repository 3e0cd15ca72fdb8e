/** Makes the base forget what it is to be taught, so that none of the replayed classes exists at the start. */
import { join } from 'node:path';
import type { Model } from '../../protocol/learning/model-file.ts';
import { encodeModel } from '../../protocol/learning/model-file.ts';
import type { Weight } from '../../protocol/learning/weights.ts';
import type { LatentBank } from '../models/latent-bank.ts';
import { writeLatentBank } from '../models/latent-bank.ts';
import { probesOf } from '../models/probes.ts';
import { withOutputs } from '../training/round/grown-head.ts';
import type { Material } from './material.ts';

export type TakenOut = { readonly material: Material; /** Keys of the labels. */ readonly labels: readonly string[] };

/** The material with a backbone that lacks those labels, their part of the head and of the bank; the new bank lies in the folder `temporary`. */
export async function takeOutKnown(material: Material, temporary: string): Promise<TakenOut> {
  const { model, bank } = material.backbone;
  const out = labelsToTakeOut(material);
  if (out.size === 0) return { material, labels: [] };
  const kept = [...model.labels.keys()].filter((label) => !out.has(label));
  const smaller = await withLabels(model, kept, material.threads);
  const latentsPath = join(temporary, 'latents.bin');
  const ofKept = bankOf(bank, kept);
  await writeLatentBank(latentsPath, ofKept);
  const backbone = { file: encodeModel(smaller), model: smaller, bank: ofKept, latentsPath };
  return {
    material: { ...material, backbone },
    labels: [...out].map((label) => model.labels[label]?.key ?? '').sort(),
  };
}

/** Labels all of whose words stand in the name of a class: "chair" names a "windsor chair" too. */
function labelsToTakeOut({ set, backbone }: Material): ReadonlySet<number> {
  const classes = set.classes.map(wordsOf);
  const named = backbone.model.labels.map(({ key, names }) => [key, names.en, names.it].map(wordsOf));
  const isMeant = (words: readonly string[]): boolean =>
    words.length > 0 && classes.some((own) => words.every((word) => own.includes(word)));
  return new Set([...named.keys()].filter((label) => named[label]?.some(isMeant)));
}

/** In the singular, or what looks like it. */
function wordsOf(name: string): readonly string[] {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '').map((word) => word.replace(/s$/, ''));
}

async function withLabels(model: Model, kept: readonly number[], threads: number): Promise<Model> {
  const { labels } = model;
  const columns = ({ values, shape }: Weight): Weight => {
    const rows = values.length / labels.length;
    const picked = Array.from({ length: rows }, (_, row) =>
      kept.map((label) => values[row * labels.length + label] ?? 0),
    );
    return { shape: [...shape.slice(0, -1), kept.length], values: Float32Array.from(picked.flat()) };
  };
  const weights = new Map(
    [...model.weights].map(([name, weight]) => [
      name,
      name.startsWith(`${model.spec.head}/`) ? columns(weight) : weight,
    ]),
  );
  const spec = withOutputs(model.spec, kept.length);
  return {
    ...model,
    spec,
    weights,
    labels: kept.flatMap((label) => labels[label] ?? []),
    probes: await probesOf(spec, weights, threads),
  };
}

function bankOf(bank: LatentBank, kept: readonly number[]): LatentBank {
  const records = [...bank.labels.keys()].filter((record) => kept.includes(bank.labels[record] ?? NaN));
  const length = bank.values.length / bank.labels.length;
  const values = new Int8Array(records.length * length);
  records.forEach((record, place) => {
    values.set(bank.values.subarray(record * length, (record + 1) * length), place * length);
  });
  return {
    ...bank,
    labels: Uint16Array.from(records, (record) => kept.indexOf(bank.labels[record] ?? NaN)),
    splits: records.map((record) => bank.splits[record] ?? 'replay'),
    values,
  };
}
