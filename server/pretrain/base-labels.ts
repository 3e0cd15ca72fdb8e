/** The labels of the base model: what people call the classes of the training packs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { maxLabelLength } from '../../protocol/learning/labels.ts';
import type { Label } from '../../protocol/learning/labels.ts';
import { shippedDir } from '../models/shipped-base.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(maxLabelLength));
const names = v.strictObject({ en: text, it: text });
const tableSchema = v.array(
  v.strictObject({ key: text, names, family: v.optional(names), sources: v.pipe(v.array(text), v.minLength(1)) }),
);

/** A label, and the classes of the packs whose pictures show it. */
export type BaseLabel = Label & { readonly sources: readonly string[] };

/** The table in server/models/base/labels.json; the head's outputs stand in its order. */
export async function readBaseLabels(): Promise<readonly BaseLabel[]> {
  const table = v.parse(tableSchema, JSON.parse(await readFile(join(shippedDir, 'labels.json'), 'utf8')));
  return table.map(({ family, ...label }) => (family ? { ...label, family } : label));
}
