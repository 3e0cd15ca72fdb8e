/** `occhio export`: pictures or a model out of a room. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { RoomName } from '../../protocol/ids.ts';
import { BadInput } from '../bad-input.ts';
import { exportPictures } from '../ingest/export-pictures.ts';
import { splitOf } from '../ingest/split.ts';
import type { Difference, ModelExport } from '../models/export/export-model.ts';
import { exportOnnx, exportTfjs } from '../models/export/export-model.ts';
import { parityProbes } from '../models/export/parity.ts';
import { ModelFolder } from '../models/model-folder.ts';
import type { OpenedModel } from '../models/open-model.ts';
import { openModel } from '../models/open-model.ts';
import { openRoomModel } from '../models/room-model.ts';
import { refuseTaken } from '../report/staged-folder.ts';
import { PictureList } from '../store/picture-list.ts';
import { SqliteSampleStore } from '../store/sqlite-sample-store.ts';
import { SqliteVersionStore } from '../store/sqlite-version-store.ts';
import { dataOption, roomOption, withHubDataToRead } from './hub-data.ts';
import { wholeNumber } from './options.ts';

const modelExports = { tfjs: exportTfjs, onnx: exportOnnx } as const satisfies Record<string, ModelExport>;

const modelFormats = Object.keys(modelExports);

type ExportOptions = {
  readonly out: string;
  readonly format: 'zip' | keyof typeof modelExports;
  readonly room: RoomName;
  readonly data: string;
  readonly version?: number;
  readonly model?: string;
  readonly threads: number;
};

type Chosen = Omit<ExportOptions, 'format'>;

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Takes out of a room its pictures (zip: a folder for each class, and a table; occhio import brings them in) or its model (a tfjs layers model in a folder, or one ONNX file, each compared with what Occhio itself computes). The hub may go on running.',
    )
    .requiredOption('--out <path>', 'what to write; nothing is overwritten')
    .addOption(new Option('--format <name>', 'what to make').choices(['zip', ...modelFormats]).default('zip'))
    .addOption(roomOption())
    .addOption(dataOption())
    .option('--version <n>', 'a version of the model in place of the one that the room runs', wholeNumber(1, 1e9))
    .addOption(new Option('--model <path>', 'a saved model in place of one of a room').conflicts(['version', 'room']))
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(async ({ format, ...options }: ExportOptions) => {
      if (format === 'zip') await takePictures(options);
      else await takeModel(modelExports[format], options);
    });
}

async function takePictures({ out, room, data, version, model }: Chosen): Promise<void> {
  if (version !== undefined || model !== undefined)
    throw new BadInput(`--version and --model are of models; name one with --format ${modelFormats.join(' or ')}.`);
  refuseTaken(out);
  const written = await withHubDataToRead(data, async ({ database }) => {
    if (new SqliteSampleStore(database, splitOf).count(room) === 0)
      throw new BadInput(`Room ${room} has no pictures. Check --room and --data.`);
    return exportPictures(out, new PictureList(database), room).catch((cause: unknown) => {
      throw new BadInput(`${out} cannot be written: ${String(cause)}`, { cause });
    });
  });
  process.stdout.write(`${String(written)} pictures of room ${room} are in ${out}.\n`);
}

async function takeModel(write: ModelExport, { out, threads, ...options }: Chosen): Promise<void> {
  const { name, model } = await chosen(options);
  const difference = await write(model, out, threads);
  process.stdout.write(`${name} is in ${out}: ${knowledgeOf(model)}. ${parityText(difference, model)}\n`);
}

type Named = { readonly name: string; readonly model: OpenedModel };

async function chosen({ model, room, version, data }: Omit<Chosen, 'out' | 'threads'>): Promise<Named> {
  if (model !== undefined) return { name: model, model: await openModel(model) };
  return withHubDataToRead(data, async ({ dir, database }) => {
    const parts = { versions: new SqliteVersionStore(database), folder: new ModelFolder(join(dir, 'models')) };
    const { record, model } = await openRoomModel(parts, room, version);
    return { name: `Version ${String(record.version)} of room ${room}`, model };
  });
}

function knowledgeOf({ labels }: OpenedModel): string {
  if (labels.length === 0) return 'no label yet, so that it gives embeddings';
  return labels.length === 1 ? '1 label' : `${String(labels.length)} labels`;
}

function parityText(difference: Difference, { labels }: OpenedModel): string {
  if (difference === null)
    return 'Nothing has run it yet: what would, the package onnxruntime-web, is not installed (npm install --include=dev).';
  return `Largest ${labels.length > 0 ? 'logit' : 'feature'} difference on ${String(parityProbes)} probe pictures: ${difference.toExponential(1)}.`;
}
