/** `occhio export` as a person runs it. */
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homeRoom } from '../../../protocol/ids.ts';
import { talk } from '../../../protocol/learning/backbones/talk.ts';
import { encodeModel } from '../../../protocol/learning/model-file.ts';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { openModel } from '../../../server/models/open-model.ts';
import { shippedDir } from '../../../server/models/shipped-base.ts';
import { writeTfjsModel } from '../../../server/models/tfjs-format.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { SqliteVersionStore } from '../../../server/store/sqlite-version-store.ts';
import { drawDataset } from '../../support/drawn-pictures.ts';
import { mobileNetDir, saveForeignModel, smallMobileNet } from '../../support/foreign-models.ts';
import { randomWeights } from '../../support/random-network.ts';
import { smallModel } from '../../support/small-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { occhio } from './program.ts';

const noReport = { parent: null, report: null, figures: null, createdAtMs: 0, corrections: [] };

/** A data folder whose home room runs its second version; a third was refused. */
async function dataWithVersions(folder: string): Promise<string> {
  const data = join(folder, 'data');
  const models = new ModelFolder(join(data, 'models'));
  const first = await models.write(encodeModel({ ...smallModel(['ball'], 1), probes: [] }));
  const second = await models.write(encodeModel({ ...smallModel(['ball', 'star'], 2), probes: [] }));
  const database = openDatabase(join(data, 'hub.sqlite'));
  const versions = new SqliteVersionStore(database);
  versions.promote({ ...noReport, room: homeRoom, version: 1, model: first, status: 'promoted' });
  versions.promote({ ...noReport, room: homeRoom, version: 2, model: second, status: 'in-trial' });
  versions.add({ ...noReport, room: homeRoom, version: 3, model: second, status: 'refused' });
  database.close();
  return data;
}

/** The largest difference that the command printed. */
function differenceIn(stdout: string): number {
  return Number(/Largest (?:logit|feature) difference on 32 probe pictures: (\S+)\.\n/.exec(stdout)?.[1]);
}

describe('occhio export of a model', () => {
  it('writes the version that the room runs as tfjs and as ONNX, which compute the same, and eval reads', async () => {
    const folder = await temporaryFolder();
    const data = await dataWithVersions(folder);
    const tfjs = join(folder, 'out', 'tfjs');
    const exported = await occhio(['export', '--data', data, '--format', 'tfjs', '--out', tfjs, '--threads', '1']);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).toContain(`Version 2 of room home is in ${tfjs}: 2 labels.`);
    expect(differenceIn(exported.stdout)).toBeLessThan(1e-4);
    expect((await readdir(tfjs)).sort()).toEqual([
      'README.md',
      'calibration.json',
      'labels.json',
      'model.json',
      'weights.bin',
    ]);
    expect(JSON.parse(await readFile(join(tfjs, 'labels.json'), 'utf8'))).toEqual(
      smallModel(['ball', 'star'], 2).labels,
    );
    expect(await readFile(join(tfjs, 'README.md'), 'utf8')).toContain('T = 1.25');
    expect(await openModel(tfjs)).toMatchObject({ temperature: 1.25, calibration: { threshold: 0.3 } });

    const pictures = join(folder, 'pictures');
    await drawDataset(pictures, { things: ['ball', 'star'], count: 2, seed: 1 });
    expect(await occhio(['eval', pictures, '--model', tfjs, '--threads', '1'])).toMatchObject({ code: 0 });

    const onnx = join(folder, 'ball.onnx');
    const older = await occhio(['export', '--data', data, '--version', '1', '--format', 'onnx', '--out', onnx]);
    expect(older).toMatchObject({ code: 0, stderr: '' });
    expect(older.stdout).toContain(`Version 1 of room home is in ${onnx}: 1 label.`);
    expect(differenceIn(older.stdout)).toBeLessThan(1e-4);
    expect((await readFile(onnx)).includes(JSON.stringify(smallModel(['ball'], 1).labels))).toBe(true);
  });

  it('gives the embeddings of an imported backbone that knows no label yet', async () => {
    const folder = await temporaryFolder();
    const [model, data] = [join(folder, 'small net'), join(folder, 'data')];
    await saveForeignModel(model, smallMobileNet());
    await occhio(['import-model', model, '--data', data, '--threads', '1']);
    for (const format of ['tfjs', 'onnx']) {
      const { code, stdout } = await occhio([
        'export',
        '--data',
        data,
        '--format',
        format,
        '--out',
        join(folder, format),
      ]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('no label yet, so that it gives embeddings')]);
      expect(differenceIn(stdout)).toBeLessThan(1e-3);
    }
  });

  it.each(['tfjs', 'onnx'])('takes saved models, too: the shipped one and the talk’s, as %s', async (format) => {
    const folder = await temporaryFolder();
    const spec = talk({ classes: 2 });
    const { labels } = smallModel(['ball', 'star'], 1);
    await writeTfjsModel(join(folder, 'talk'), { spec, weights: randomWeights(spec, 1), labels });
    for (const model of [shippedDir, join(folder, 'talk')]) {
      const out = join(folder, `exported ${String(model === shippedDir)}`);
      const { code, stdout, stderr } = await occhio(['export', '--model', model, '--format', format, '--out', out]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`${model} is in ${out}`);
      expect(differenceIn(stdout)).toBeLessThan(1e-3);
    }
  });

  it('exits with 2 and writes nothing where it cannot', async () => {
    const folder = await temporaryFolder();
    const data = await dataWithVersions(folder);
    const [out, taken] = [join(folder, 'out'), join(folder, 'taken')];
    await writeFile(taken, 'mine');
    const from = ['--data', data, '--out', out];
    for (const [args, why] of [
      [[...from, '--format', 'keras'], 'Allowed choices are'],
      [[...from, '--room', 'shed', '--format', 'onnx'], 'Room shed has no model yet'],
      [[...from, '--version', '3', '--format', 'onnx'], 'Room home has no version 3; it has 1, 2.'],
      [[...from, '--version', '0'], 'whole number'],
      [[...from, '--version', '1'], '--version and --model are of models; name one with --format tfjs or onnx'],
      [[...from], 'Room home has no pictures'],
      [[...from, '--version', '1', '--model', shippedDir], "cannot be used with option '--"],
      [['--model', data, '--format', 'tfjs', '--out', out], "Expected a model's file"],
      [['--data', folder, '--out', out], 'has no hub.sqlite'],
      [['--data', data, '--out', taken], 'taken exists already; name another place'],
      [['--data', data, '--format', 'onnx', '--out', taken], 'taken exists already; name another place'],
      [['--data', data, '--format', 'tfjs', '--out', taken], 'taken exists already; name another place'],
      [['--data', data, '--format', 'onnx', '--out', join(taken, 'a.onnx')], 'a.onnx cannot be written'],
      [['--data', data], "required option '--out <path>' not specified"],
    ] as const) {
      const { code, stderr } = await occhio(['export', ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
    }
    await rm(join(data, 'models'), { recursive: true });
    const gone = await occhio(['export', ...from, '--format', 'onnx']);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('model of version 2 of room home cannot be')]);
    expect((await readdir(folder)).sort()).toEqual(['data', 'taken']);
    expect(await readFile(taken, 'utf8')).toBe('mine');
  });
});

const absent = existsSync(mobileNetDir) ? '' : ' (skipped: ../shared/models/mobilenetv2-0.35-224 is not here)';

describe.skipIf(absent !== '')(`occhio export of the model named mobilenet${absent}`, () => {
  it('computes the same as tfjs and as ONNX', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'data');
    await occhio(['import-model', 'mobilenet', '--from', mobileNetDir, '--data', data]);
    for (const format of ['tfjs', 'onnx']) {
      const { code, stdout } = await occhio([
        'export',
        '--data',
        data,
        '--format',
        format,
        '--out',
        join(folder, format),
      ]);
      expect(code).toBe(0);
      expect(differenceIn(stdout)).toBeLessThan(1e-3);
    }
  });
});
