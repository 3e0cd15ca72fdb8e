/** `occhio import-model`: makes somebody else's model what a room begins with. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { RoomName } from '../../protocol/ids.ts';
import { splitOf } from '../ingest/split.ts';
import { isAddress, openForeignFiles } from '../models/import/foreign-files.ts';
import { importModel, installImported } from '../models/import/import-model.ts';
import type { ImportedModel } from '../models/import/import-model.ts';
import { knownModels } from '../models/import/known-models.ts';
import { ModelFolder } from '../models/model-folder.ts';
import { Registry } from '../models/registry.ts';
import { installBase } from '../models/shipped-base.ts';
import { percent } from '../report/percent.ts';
import { SqliteSampleStore } from '../store/sqlite-sample-store.ts';
import { SqliteVersionStore } from '../store/sqlite-version-store.ts';
import type { SampleStore } from '../store/sample-store.ts';
import type { VersionRecord } from '../store/version-store.ts';
import { decodeSample } from '../training/round/views.ts';
import { BadInput } from '../bad-input.ts';
import type { HubData } from './hub-data.ts';
import { dataOption, roomOption, withHubData } from './hub-data.ts';
import { wholeNumber } from './options.ts';

type ImportModelOptions = {
  readonly from?: string;
  readonly room: RoomName;
  readonly data: string;
  readonly threads: number;
};

/** Enough of the room's pictures, the newest, to know what their features have in common. */
const mostPictures = 100;

export function importModelCommand(): Command {
  return new Command('import-model')
    .description(
      `Makes another backbone of a tfjs layers model (MobileNet and its like, for pictures from -1 to 1), and begins a room with it. By name: ${Object.keys(knownModels).join(', ')}.`,
    )
    .argument('<path|url|name>', 'a folder with model.json, its address, or a name')
    .option('--from <path|url>', 'where else the model of that name lies')
    .addOption(roomOption())
    .addOption(dataOption())
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(async (model: string, options: ImportModelOptions) => {
      await withHubData(options.data, (data) => importInto(data, model, options));
    });
}

async function importInto({ dir, database }: HubData, model: string, options: ImportModelOptions): Promise<void> {
  const { room, threads } = options;
  const { place, ...expected } = placeOf(model, options.from);
  const files = await openForeignFiles(place);
  const megabytes = `${(files.weightBytes / 1e6).toFixed(1)} MB`;
  process.stdout.write(`${isAddress(place) ? 'Fetching' : 'Reading'} ${megabytes} of weights from ${place}\n`);
  const samples = new SqliteSampleStore(database, splitOf);
  const pictures = await Promise.all(newestPictures(samples, room).map(decodeSample));
  const imported = await importModel(files, { ...expected, pictures, threads });
  const folder = new ModelFolder(join(dir, 'models'));
  const registry = new Registry({
    folder,
    versions: new SqliteVersionStore(database),
    installBase: () => installBase(folder, threads),
    now: Date.now,
  });
  const version = registry.begin(room, await installImported(folder, imported));
  process.stdout.write(outcome(imported, version, samples.labelled(room).length));
}

function placeOf(
  model: string,
  from?: string,
): { readonly place: string; readonly name?: string; readonly sha256?: string } {
  const known = Object.hasOwn(knownModels, model) ? knownModels[model] : undefined;
  if (known) return { place: from ?? known.address, name: model, sha256: known.sha256 };
  if (from === undefined) return { place: model };
  throw new BadInput(
    `--from goes with a name (${Object.keys(knownModels).join(', ')}), and ${model} is none. Leave it out, or give the name.`,
  );
}

function newestPictures(samples: SampleStore, room: RoomName): readonly Uint8Array[] {
  return samples
    .labelled(room)
    .slice(-mostPictures)
    .flatMap(({ id }) => samples.picture(id) ?? []);
}

function outcome(
  { size, features, distance }: ImportedModel,
  { room, version }: VersionRecord,
  labelled: number,
): string {
  const learned =
    labelled > 0
      ? `Its ${String(labelled)} labelled pictures stay, and the hub learns them anew at its next start.`
      : 'Teach it two things, and the hub trains on them.';
  return `It looks at ${String(size)} px and gives ${String(features)} features, equal to the original's (${percent(distance.rounded)} of rounding to half precision).
Room ${room} begins with it as version ${String(version)}, which knows no label yet. ${learned}
`;
}
