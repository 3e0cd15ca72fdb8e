/** Datasets as people have them: folders, zips, splits, and what is wrong with them. */
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../protocol/learning/random.ts';
import { BadInput } from '../../../../server/bad-input.ts';
import { holdOut } from '../../../../server/training/dataset/arrangement.ts';
import { openDataset } from '../../../../server/training/dataset/open-dataset.ts';
import { formatSplit, parseSplit } from '../../../../server/training/dataset/split-file.ts';
import { drawThing, writeInto } from '../../../support/drawn-pictures.ts';
import { storedZip } from '../../../support/stored-zip.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const noSplit = { file: undefined, column: 'split' };

/** A folder with these files; only names matter here, so pictures are empty. */
async function folderOf(...files: readonly string[]): Promise<string> {
  const dir = await temporaryFolder();
  for (const file of files) await writeInto(dir, file, '');
  return dir;
}

const numbered = (folder: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${folder}/${String(i)}.jpg`);

async function refusal(dataset: Promise<unknown>): Promise<string> {
  const error: unknown = await dataset.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(BadInput);
  return (error as BadInput).message;
}

describe('arranging a dataset', () => {
  it('takes each folder as a class and reads underscores as spaces', async () => {
    const dir = await folderOf(
      'Red_Cup/a.JPG',
      'Red_Cup/deep/b.png',
      'boat/c.webp',
      'boat/notes.txt',
      'boat/.hidden.jpg',
      'README.md',
      '__MACOSX/boat/c.webp',
    );
    const { arrangement } = await openDataset(dir, noSplit);
    expect(arrangement.labels.map(({ key, names }) => [key, names.it])).toEqual([
      ['red cup', 'Red Cup'],
      ['boat', 'boat'],
    ]);
    expect(arrangement.examples).toEqual([
      { file: 'Red_Cup/a.JPG', label: 0 },
      { file: 'Red_Cup/deep/b.png', label: 0 },
      { file: 'boat/c.webp', label: 1 },
    ]);
  });

  it('holds a fifth of each class out, the same for the same seed, whatever else is added', async () => {
    const dir = await folderOf(...numbered('a', 20), ...numbered('b', 7), 'c/0.jpg');
    const first = await openDataset(dir, noSplit);
    const { train, validation } = holdOut(first.arrangement, 1);
    const counts = [0, 1, 2].map((label) => validation.filter((example) => example.label === label).length);
    expect(counts).toEqual([4, 1, 0]);
    expect(train.length + validation.length).toBe(28);
    expect(holdOut(first.arrangement, 1).validation).toEqual(validation);
    expect(holdOut(first.arrangement, 2).validation).not.toEqual(validation);
    await writeInto(dir, 'd/0.jpg', '');
    await writeInto(dir, 'd/1.jpg', '');
    const more = holdOut((await openDataset(dir, noSplit)).arrangement, 1).validation.map(({ file }) => file);
    expect(more).toEqual(expect.arrayContaining(validation.map(({ file }) => file)));
  });

  it.each(['test', 'val', 'validation'])(
    'validates with the %s folder beside train, below a shared folder too',
    async (name) => {
      const dir = await folderOf(
        'mine/train/a/0.jpg',
        'mine/train/b/0.jpg',
        `mine/${name}/a/1.jpg`,
        `mine/${name}/b/1.jpg`,
      );
      const { train, validation } = holdOut((await openDataset(dir, noSplit)).arrangement, 1);
      expect(train.map(({ file }) => file)).toEqual(['mine/train/a/0.jpg', 'mine/train/b/0.jpg']);
      expect(validation.map(({ file, label }) => [file, label])).toEqual([
        [`mine/${name}/a/1.jpg`, 0],
        [`mine/${name}/b/1.jpg`, 1],
      ]);
    },
  );

  it('takes a class that happens to be called train as a class', async () => {
    const { arrangement } = await openDataset(await folderOf('boat/0.jpg', 'train/0.jpg'), noSplit);
    expect(arrangement.labels.map(({ key }) => key)).toEqual(['boat', 'train']);
  });

  it('reads a zip like a folder, and its split file from inside it by the named column', async () => {
    const path = join(await temporaryFolder(), 'pictures.zip');
    const csv =
      '\uFEFFfile,"some, split",other\r\ntrain/a/0.jpg,train,x\r\n"train/a/1, b.jpg",test,x\r\ntrain/b/0.jpg,train,\r\ntest/b/9.jpg,drop,\r\n';
    const names = ['train/a/0.jpg', 'train/a/1, b.jpg', 'train/b/0.jpg', 'test/b/9.jpg'];
    await writeFile(path, storedZip([['splits.csv', csv], ...names.map((name) => [name, 'x'] as const)]));
    const { source, arrangement } = await openDataset(path, { file: 'splits.csv', column: 'some, split' });
    expect(arrangement.examples).toEqual([
      { file: 'train/a/0.jpg', label: 0, part: 'train' },
      { file: 'train/a/1, b.jpg', label: 0, part: 'test' },
      { file: 'train/b/0.jpg', label: 1, part: 'train' },
    ]);
    expect((await source.read('train/b/0.jpg')).toString()).toBe('x');
    source.close();
  });

  it('writes splits that it reads back, commas and quotes included', () => {
    const parts = new Map([
      ['a/1.jpg', 'train'],
      ['a/"so, called".jpg', 'validation'],
    ] as const);
    const options = { name: 'split.csv', column: 'split', files: [...parts.keys()] };
    expect(parseSplit(formatSplit(parts), options)).toEqual(parts);
  });
});

describe('a dataset that cannot be used', () => {
  it.each([
    ['has no pictures', ['a/notes.txt'], /no pictures; expected one folder/],
    ['has one class', ['a/0.jpg', 'a/1.jpg'], /one class \(a\)/],
    ['has an empty class', ['a/0.jpg', 'b/0.jpg', 'c/notes.txt'], /^c in .* has no pictures/],
    ['has a picture outside the classes', ['a/0.jpg', 'b/0.jpg', 'loose.jpg'], /loose\.jpg .* is in no class folder/],
    ['has two names for one class', ['Cup/0.jpg', 'cup/0.jpg'], /Cup and cup/],
    ['has a folder with no name to say', [`${'x'.repeat(61)}/0.jpg`, 'b/0.jpg'], /cannot be a label/],
  ])('is refused when it %s', async (_, files, message) => {
    expect(await refusal(openDataset(await folderOf(...files), noSplit))).toMatch(message);
  });

  it('is refused when it is not there or not a zip', async () => {
    expect(await refusal(openDataset('/nowhere/at/all', noSplit))).toMatch(/Expected a folder or zip file .*nowhere/);
    const path = join(await temporaryFolder(), 'fake.zip');
    await writeFile(path, 'PK? No.');
    expect(await refusal(openDataset(path, noSplit))).toMatch(/cannot be opened/);
  });

  it.each(['../outside.jpg', 'a/../../outside.jpg', '/etc/outside.jpg', 'C:/outside.jpg'])(
    'is refused when a zip entry is named %s',
    async (name) => {
      const path = join(await temporaryFolder(), 'sly.zip');
      await writeFile(
        path,
        storedZip([
          ['a/0.jpg', ''],
          ['b/0.jpg', ''],
          [name, ''],
        ]),
      );
      expect(await refusal(openDataset(path, noSplit))).toContain(name);
    },
  );

  it.each([
    ['file,part\na/0.jpg,train\n', /columns file and split; it has file, part/],
    ['file,split\na/0.jpg,maybe\n', /Expected train, validation, test or drop in line 2 .* got maybe/],
    ['file,split\na/0.jpg,constructor\n', /in line 2 .* got constructor/],
    ['file,split\na/0.jpg\n', /line 2 .* got nothing/],
    ['file,split\na/9.jpg,train\n', /line 2 .*a\/9\.jpg, is not there/],
    ['', /it has none/],
  ])('is refused with the split %j', async (csv, message) => {
    const dir = await folderOf('a/0.jpg', 'b/0.jpg');
    await writeInto(dir, 'split.csv', csv);
    expect(await refusal(openDataset(dir, { file: join(dir, 'split.csv'), column: 'split' }))).toMatch(message);
  });

  it('is refused when its split file is nowhere', async () => {
    const dir = await folderOf('a/0.jpg', 'b/0.jpg');
    expect(await refusal(openDataset(dir, { file: 'missing.csv', column: 'split' }))).toMatch(
      /Expected a split file at missing\.csv/,
    );
  });

  it('cannot be trained on when a class is only for validation, or nothing is left for it', async () => {
    const { arrangement } = await openDataset(
      await folderOf('train/a/0.jpg', 'train/b/0.jpg', 'test/c/0.jpg'),
      noSplit,
    );
    expect(() => holdOut(arrangement, 1)).toThrow(/Class c has no training pictures/);
    const tiny = await openDataset(await folderOf('a/0.jpg', 'b/0.jpg'), noSplit);
    expect(() => holdOut(tiny.arrangement, 1)).toThrow(/at least two pictures/);
  });

  it('follows a linked picture but says so when it leads nowhere', async () => {
    const dir = await folderOf('a/0.jpg', 'b/0.jpg');
    await writeFile(join(dir, 'elsewhere.bin'), await drawThing('ball', seededRandom(1)));
    await symlink(join(dir, 'elsewhere.bin'), join(dir, 'a/1.jpg'));
    await symlink('/nowhere/at/all', join(dir, 'a/2.jpg'));
    const { source } = await openDataset(dir, noSplit);
    expect((await source.read('a/1.jpg')).length).toBeGreaterThan(100);
    expect(await refusal(source.read('a/2.jpg'))).toMatch(/a\/2\.jpg cannot be read/);
  });
});
