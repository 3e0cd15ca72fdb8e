/** Versions of rooms and their files. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeRoom, roomNameSchema } from '../../../protocol/ids.ts';
import type { ModelHash } from '../../../protocol/ids.ts';
import { encodeModel, hashModel } from '../../../protocol/learning/model-file.ts';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { Registry } from '../../../server/models/registry.ts';
import { offerOf } from '../../../server/push/offers.ts';
import type { VersionRecord } from '../../../server/store/version-store.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';
import type { RoomOfSamples } from '../../support/room-of-samples.ts';
import { smallModel } from '../../support/small-model.ts';

const baseFile = encodeModel(smallModel(['cup'], 1));
const candidateFile = encodeModel(smallModel(['cup', 'pen'], 2));
const garden = v.parse(roomNameSchema, 'garden');

let room: RoomOfSamples;
let folder: ModelFolder;
let registry: Registry;
let installs: number;

beforeEach(async () => {
  room = await roomOfSamples();
  folder = new ModelFolder(join(room.dir, 'models'));
  installs = 0;
  registry = newRegistry();
});

afterEach(() => room.close());

function newRegistry(): Registry {
  const installBase = (): Promise<ModelHash> => {
    installs += 1;
    return folder.write(baseFile);
  };
  return new Registry({ folder, versions: room.versions, installBase, now: () => 1000 });
}

/** A promoted child of the room's current version. */
async function promoteCandidate(): Promise<VersionRecord> {
  const parent = (await registry.current(homeRoom)).model;
  const record: VersionRecord = {
    room: homeRoom,
    version: registry.nextVersion(homeRoom),
    model: await hashModel(candidateFile),
    parent,
    status: 'promoted',
    report: null,
    figures: null,
    createdAtMs: 2000,
    corrections: [],
  };
  await registry.promote(record, { model: candidateFile, delta: new Uint8Array([1, 2, 3]) });
  return record;
}

describe('the registry', () => {
  it('installs the base again when that failed the first time', async () => {
    let attempts = 0;
    const installBase = async (): Promise<ModelHash> => {
      attempts += 1;
      // A file where the folder of the models should be: the disk refuses the first attempt.
      const target = attempts === 1 ? new ModelFolder(join(room.dir, 'taken')) : folder;
      return target.write(baseFile);
    };
    await writeFile(join(room.dir, 'taken'), '');
    const clumsy = new Registry({ folder, versions: room.versions, installBase, now: () => 1000 });
    await expect(clumsy.current(homeRoom)).rejects.toThrow();
    expect((await clumsy.current(homeRoom)).version).toBe(1);
  });

  it('begins every room with the base as version 1, installed once', async () => {
    const [home, again, other] = await Promise.all([homeRoom, homeRoom, garden].map((name) => registry.current(name)));
    expect(home).toMatchObject({ version: 1, model: await hashModel(baseFile), parent: null, status: 'promoted' });
    expect(again).toEqual(home);
    expect(other).toMatchObject({ room: garden, version: 1, model: home?.model });
    expect(room.versions.list(homeRoom)).toHaveLength(1);
    expect(installs).toBe(1);
    await newRegistry().current(homeRoom);
    expect(installs, 'a room that is there needs no base').toBe(1);
  });

  it('begins a room again with another base, whose rounds learn everything anew', async () => {
    await promoteCandidate();
    const another = await folder.write(encodeModel(smallModel(['tin'], 3)));
    const begun = registry.begin(homeRoom, another);
    expect(begun).toMatchObject({ version: 3, model: another, parent: null, status: 'promoted', corrections: [] });
    expect(await registry.current(homeRoom)).toEqual(begun);
    expect(await registry.base(homeRoom)).toEqual(begun);
    expect(registry.begin(garden, another).version).toBe(1);
    expect(installs).toBe(1);
  });

  it('has the files on the disk of what it makes current', async () => {
    const { model, parent } = await promoteCandidate();
    expect(await registry.current(homeRoom)).toMatchObject({ version: 2, model });
    expect(await readFile(folder.path(model) ?? '')).toEqual(Buffer.from(candidateFile));
    expect(await folder.readDelta(model, parent ?? model)).toEqual(Buffer.from([1, 2, 3]));
    expect((await registry.base(homeRoom)).version).toBe(1);
  });

  it('goes back to an earlier version that has its file, and nowhere else', async () => {
    const { model } = await promoteCandidate();
    expect(registry.pin(homeRoom, 1)).toBe('done');
    expect([(await registry.current(homeRoom)).version, registry.pinned(homeRoom)]).toEqual([1, true]);
    expect(registry.pin(homeRoom, 3)).toBe('unknown');
    await rm(folder.path(model) ?? '');
    expect(registry.pin(homeRoom, 2)).toBe('gone');
    expect(registry.pin(homeRoom, null)).toBe('gone');
    expect([(await registry.current(homeRoom)).version, registry.pinned(homeRoom)]).toEqual([1, true]);
    await folder.write(candidateFile);
    expect(registry.pin(homeRoom, null)).toBe('done');
    expect([(await registry.current(homeRoom)).version, registry.pinned(homeRoom)]).toEqual([2, false]);
  });

  it('lets go of a pinned version when the room begins again', async () => {
    await promoteCandidate();
    registry.pin(homeRoom, 1);
    const begun = registry.begin(homeRoom, await folder.write(encodeModel(smallModel(['tin'], 3))));
    expect([await registry.current(homeRoom), registry.pinned(homeRoom)]).toEqual([begun, false]);
  });

  it('keeps a refused candidate in the line, without a file, and gives its number to the next', async () => {
    const current = await registry.current(homeRoom);
    const model = await hashModel(candidateFile);
    registry.refuse({ ...current, version: 2, model, parent: current.model, status: 'refused' });
    expect(await registry.current(homeRoom)).toEqual(current);
    expect(registry.latest(homeRoom)?.status).toBe('refused');
    expect(folder.path(model)).toBeNull();
    expect(registry.nextVersion(homeRoom)).toBe(2);
  });
});

describe('the model folder', () => {
  it('never writes a file again, and leaves no half-written ones', async () => {
    const model = await folder.write(baseFile);
    await folder.write(baseFile);
    expect(await readdir(join(room.dir, 'models'))).toEqual([model]);
    expect(await folder.read(model)).toEqual(Buffer.from(baseFile));
  });

  it('removes what a killed hub left half-written, and nothing else', async () => {
    const model = await folder.write(baseFile);
    await writeFile(join(room.dir, 'models', `${model}.latents.1234.part`), 'half');
    await folder.tidy();
    expect(await readdir(join(room.dir, 'models'))).toEqual([model]);
  });

  it('does not give out a model whose bytes have changed', async () => {
    const model = await hashModel(baseFile);
    await mkdir(join(room.dir, 'models'));
    await writeFile(join(room.dir, 'models', model), candidateFile);
    await expect(folder.read(model)).rejects.toThrow('is damaged');
  });
});

describe('an offer', () => {
  it('has a delta for a device that holds the parent, and only then', async () => {
    const record = await promoteCandidate();
    const parent = record.parent ?? record.model;
    const whole = { type: 'model-offer', model: record.model, version: 2, bytes: candidateFile.length, delta: null };
    expect(await offerOf(record, [], folder)).toEqual(whole);
    expect(await offerOf(record, [record.model], folder)).toEqual(whole);
    expect(await offerOf(record, [record.model, parent], folder)).toEqual({ ...whole, delta: { parent, bytes: 3 } });
    expect(await offerOf(await registry.base(homeRoom), [parent], folder)).toMatchObject({ version: 1, delta: null });
  });
});
