/** What a larger network says of every tile: the targets of distillation (Hinton et al. 2015). */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { fileOf } from './read-zip.ts';

const likeliest = 8;
export const embeddingLength = 64;
const recordBytes = embeddingLength + likeliest * 3;
const classes = 1001;
/** One target for each of the teacher's classes, and one for all that it left unsaid. */
export const teacherUnits = classes + 1;

const teacherSchema = v.object({
  scale: v.pipe(v.array(v.number()), v.length(embeddingLength)),
  record_bytes: v.literal(recordBytes),
  packs: v.record(
    v.string(),
    v.object({
      file: v.string(),
      source_sha256: v.string(),
      classes: v.record(v.string(), v.tuple([v.number(), v.number()])),
    }),
  ),
});

/** The teacher's records by number, packed as in pretrain-teacher.zip; read them with the methods. */
export class Teacher {
  readonly #records: Buffer;
  readonly #scale: readonly number[];

  constructor(records: Buffer, scale: readonly number[]) {
    this.#records = records;
    this.#scale = scale;
  }

  /** Writes the embedding of tile `record`, `[64]`, into `target`. */
  writeEmbedding(record: number, target: Float32Array): void {
    const first = record * recordBytes;
    this.#scale.forEach((scale, k) => {
      target[k] = this.#records.readInt8(first + k) * scale;
    });
  }

  /** Writes the class probabilities of tile `record`, `[1002]`, into `target`; the last is what its eight likeliest leave. */
  writeProbabilities(record: number, target: Float32Array): void {
    target.fill(0);
    const ids = record * recordBytes + embeddingLength;
    let rest = 1;
    for (let k = 0; k < likeliest; k++) {
      const probability = this.#records.readUInt8(ids + likeliest * 2 + k) / 255;
      target[this.#records.readUInt16LE(ids + k * 2)] = probability;
      rest -= probability;
    }
    target[classes] = Math.max(0, rest);
  }
}

/** A pack whose tiles the teacher has seen. */
export type TaughtPack = {
  readonly name: string;
  readonly path: string;
  /** In the pack's order. */
  readonly sources: readonly { readonly source: string; readonly count: number }[];
};

/**
 * The teacher's records for `packs`, tile after tile in their order. Throws an Error when they are not the very packs
 * that it has seen, as its records go by position.
 */
export async function readTeacher(files: ReadonlyMap<string, Buffer>, packs: readonly TaughtPack[]): Promise<Teacher> {
  const { scale, packs: seen } = v.parse(teacherSchema, JSON.parse(fileOf(files, 'teacher.json').toString('utf8')));
  const records: Buffer[] = [];
  for (const pack of packs) {
    const known = seen[pack.name];
    const hash = createHash('sha256')
      .update(await readFile(pack.path))
      .digest('hex');
    if (known?.source_sha256 !== hash) throw new Error(`The teacher has not seen this ${pack.name}.`);
    for (const { source, count } of pack.sources) {
      const [first, tiles] = known.classes[source] ?? [];
      if (first === undefined || tiles !== count)
        throw new Error(`The teacher has no ${String(count)} tiles of ${source}.`);
      records.push(fileOf(files, known.file).subarray(first * recordBytes, (first + count) * recordBytes));
    }
  }
  return new Teacher(Buffer.concat(records), scale);
}
