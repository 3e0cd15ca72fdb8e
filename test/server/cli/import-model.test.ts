/** `occhio import-model` as a person runs it. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { RoomName } from '../../../protocol/ids.ts';
import { homeRoom } from '../../../protocol/ids.ts';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { SqliteVersionStore } from '../../../server/store/sqlite-version-store.ts';
import type { VersionRecord } from '../../../server/store/version-store.ts';
import { drawDataset } from '../../support/drawn-pictures.ts';
import { foreignModel, mobileNetDir, saveForeignModel, smallMobileNet } from '../../support/foreign-models.ts';
import { serveFolder } from '../../support/serve-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { occhio } from './program.ts';

function versionsIn(data: string, room = homeRoom): readonly VersionRecord[] {
  const database = openDatabase(join(data, 'hub.sqlite'));
  try {
    return new SqliteVersionStore(database).list(room);
  } finally {
    database.close();
  }
}

describe('occhio import-model', () => {
  it('begins a room with the model of a folder or an address; the room’s pictures stay', async () => {
    const folder = await temporaryFolder();
    const [model, data, pictures] = ['small net', 'data', 'pictures'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await saveForeignModel(model, smallMobileNet());
    await drawDataset(pictures, { things: ['ball', 'star'], count: 3, seed: 1 });
    await occhio(['import', pictures, '--data', data, '--room', 'shed']);

    const first = await occhio(['import-model', model, '--data', data, '--room', 'shed', '--threads', '1']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('It looks at 32 px and gives 24 features');
    expect(first.stdout).toContain('Room shed begins with it as version 1');
    expect(first.stdout).toContain('Its 6 labelled pictures stay');
    const again = await occhio([
      'import-model',
      await serveFolder(model),
      '--data',
      data,
      '--room',
      'shed',
      '--threads',
      '1',
    ]);
    expect(again.stdout).toMatch(/^Fetching .* from http/);
    expect(again.stdout).toContain('version 2');

    const versions = versionsIn(data, 'shed' as RoomName);
    expect(versions.map(({ version, parent, corrections }) => [version, parent, corrections])).toEqual([
      [1, null, []],
      [2, null, []],
    ]);
    const { spec, meanEmbedding } = decodeModel(await new ModelFolder(join(data, 'models')).read(versions[0]!.model));
    expect(spec.name).toBe('small-net');
    expect(meanEmbedding.some((value) => value !== 0)).toBe(true);
    expect((await occhio(['verify', '--data', data])).stdout).toContain(
      '6 samples, 6 label events, 2 models: all is well',
    );
  });

  it('exits with 2 and keeps nothing of a model that it cannot take', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'data');
    const at = (name: string): string => join(folder, name);
    await saveForeignModel(
      at('dilated'),
      foreignModel(layers.conv2d({ name: 'wide', filters: 4, kernelSize: 3, dilationRate: 2 })),
    );
    await saveForeignModel(at('torn'), smallMobileNet());
    await writeFile(join(at('torn'), 'weights.bin'), new Uint8Array(100));
    await saveForeignModel(at('other'), smallMobileNet());
    await mkdir(at('unknown'));
    await copyFile(join(at('other'), 'weights.bin'), join(at('unknown'), 'weights.bin'));
    const json = await readFile(join(at('other'), 'model.json'), 'utf8');
    await writeFile(join(at('unknown'), 'model.json'), json.replace('GlobalAveragePooling2D', 'MagicPooling'));
    for (const [args, why] of [
      [[at('nowhere')], "Expected a model's file"],
      [[at('dilated')], 'The layer wide (Conv2D) cannot be imported'],
      [[at('torn')], 'but have 100'],
      [[at('unknown')], 'Unknown layer: MagicPooling'],
      [['mobilenet', '--from', at('other')], 'It is another model: nothing was kept.'],
      [[at('other'), '--from', at('torn')], '--from goes with a name (mobilenet)'],
      [[at('other'), '--room', 'No Room'], 'lower-case'],
    ] as const) {
      const { code, stderr } = await occhio(['import-model', ...args, '--data', data, '--threads', '1']);
      expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
    }
    expect(versionsIn(data)).toEqual([]);
    expect(await readdir(data)).not.toContain('models');
  });
});

const absent = existsSync(mobileNetDir) ? '' : ' (skipped: ../shared/models/mobilenetv2-0.35-224 is not here)';

describe.skipIf(absent !== '')(`the model named mobilenet${absent}`, () => {
  it('is known by its weights wherever it comes from, and begins the room', async () => {
    const data = join(await temporaryFolder(), 'data');
    const from = await serveFolder(mobileNetDir);
    const { code, stdout, stderr } = await occhio(['import-model', 'mobilenet', '--from', from, '--data', data]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Fetching 2.2 MB of weights from ${from}`);
    expect(stdout).toContain('It looks at 224 px and gives 1280 features');
    const [version] = versionsIn(data);
    expect(decodeModel(await new ModelFolder(join(data, 'models')).read(version!.model)).spec.name).toBe('mobilenet');
  });

  it('is refused when one of its weights is another', async () => {
    const folder = await temporaryFolder();
    await copyFile(join(mobileNetDir, 'model.json'), join(folder, 'model.json'));
    const weights = await readFile(join(mobileNetDir, 'weights.bin'));
    weights[1000]! ^= 1;
    await writeFile(join(folder, 'weights.bin'), weights);
    const data = join(folder, 'data');
    const { code, stderr } = await occhio([
      'import-model',
      'mobilenet',
      '--from',
      await serveFolder(folder),
      '--data',
      data,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('should have weights with the SHA-256 cea55efc')]);
    expect(versionsIn(data)).toEqual([]);
  });
});
