/** `occhio export`: a model out of a room, for other programs. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { RoomName } from '../../protocol/ids.ts';
import type { Difference, ModelExport } from '../models/export/export-model.ts';
import { exportOnnx, exportTfjs } from '../models/export/export-model.ts';
import { parityProbes } from '../models/export/parity.ts';
import { ModelFolder } from '../models/model-folder.ts';
import type { OpenedModel } from '../models/open-model.ts';
import { openModel } from '../models/open-model.ts';
import { openRoomModel } from '../models/room-model.ts';
import { SqliteVersionStore } from '../store/sqlite-version-store.ts';
import { dataOption, roomOption, withHubDataToRead } from './hub-data.ts';
import { wholeNumber } from './options.ts';

const modelExports = { tfjs: exportTfjs, onnx: exportOnnx } as const satisfies Record<string, ModelExport>;

type ExportOptions = {
  readonly out: string;
  readonly format: keyof typeof modelExports;
  readonly room: RoomName;
  readonly data: string;
  readonly version?: number;
  readonly model?: string;
  readonly threads: number;
};

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Takes a model out of a room: a tfjs layers model in a folder, or one ONNX file, compared with what Occhio itself computes. The hub may go on running.',
    )
    .requiredOption('--out <path>', 'what to write; nothing is overwritten')
    .addOption(new Option('--format <name>', 'what to make').choices(Object.keys(modelExports)).default('tfjs'))
    .addOption(roomOption())
    .addOption(dataOption())
    .option('--version <n>', 'a version of the room’s model in place of the one that it runs', wholeNumber(1, 1e9))
    .addOption(new Option('--model <path>', 'a saved model in place of a room’s').conflicts(['version', 'room']))
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(exportModel);
}

async function exportModel({ format, out, threads, ...options }: ExportOptions): Promise<void> {
  const { name, model } = await chosen(options);
  const difference = await modelExports[format](model, out, threads);
  process.stdout.write(`${name} is in ${out}: ${knowledgeOf(model)}. ${parityText(difference, model)}\n`);
}

async function chosen({
  model,
  room,
  version,
  data,
}: Pick<ExportOptions, 'model' | 'room' | 'version' | 'data'>): Promise<{ name: string; model: OpenedModel }> {
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
