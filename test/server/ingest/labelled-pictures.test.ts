/** What an import makes of files and of the table beside them; no picture is decoded here. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tableHead } from '../../../protocol/exported-pictures.ts';
import { BadInput } from '../../../server/bad-input.ts';
import { labelledPictures } from '../../../server/ingest/labelled-pictures.ts';
import { openFolder } from '../../../server/training/dataset/folder-source.ts';
import { writeInto } from '../../support/drawn-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The labels by file. */
async function labelled(files: Readonly<Record<string, string>>) {
  const folder = join(await temporaryFolder(), 'pictures');
  for (const [file, text] of Object.entries(files)) await writeInto(folder, file, text);
  const pictures = await labelledPictures(await openFolder(folder));
  return Object.fromEntries(pictures.map(({ file, label }) => [file, label]));
}

function table(...rows: readonly string[]): string {
  return [tableHead, ...rows, ''].join('\r\n');
}

it('takes the table’s word, and the folder’s for pictures that were moved or added', async () => {
  const files = {
    'a_b/1.jpg': '',
    '=x/2.jpg': '',
    'Mug/moved.jpg': '',
    '_none/4.jpg': '',
    '_unlabelled/5.jpg': '',
    '_unlabelled/6.jpg': '',
  };
  const rows = [
    'a_b/1.jpg,a/b,,,,',
    `'=x/2.jpg,'=x,,,,`,
    'cup/moved.jpg,cup,,,,',
    '_none/4.jpg,,,,,',
    '_unlabelled/5.jpg,,,,,',
    '_unlabelled/6.jpg,Cup,,,,',
    'cup/gone.jpg,cup,,,,',
  ];
  const expected = {
    'a_b/1.jpg': 'a/b',
    '=x/2.jpg': '=x',
    'Mug/moved.jpg': 'mug',
    '_none/4.jpg': null,
    '_unlabelled/6.jpg': 'cup',
  };
  expect(await labelled({ ...files, 'labels.csv': table(...rows) })).toEqual(expected);
  const below = (all: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(all).map(([file, value]) => [`project/${file}`, value]));
  expect(await labelled(below({ ...files, 'labels.csv': table(...rows) }) as typeof files)).toEqual(below(expected));
});

it('goes by the folders where there is no table, with those of no class', async () => {
  expect(await labelled({ 'cup/1.jpg': '', 'tv_set/2.jpg': '', '_none/3.jpg': '', '_unlabelled/4.jpg': '' })).toEqual({
    'cup/1.jpg': 'cup',
    'tv_set/2.jpg': 'tv set',
    '_none/3.jpg': null,
  });
});

it('refuses a table whose word is no label, and one beside nothing that is labelled', async () => {
  const long = labelled({ 'cup/1.jpg': '', 'labels.csv': table(`cup/1.jpg,${'x'.repeat(61)},,,,`) });
  await expect(long).rejects.toThrow(BadInput);
  await expect(long).rejects.toThrow(/calls cup\/1.jpg "x+", which cannot be a label/);
  await expect(labelled({ '_unlabelled/1.jpg': '', 'labels.csv': table() })).rejects.toThrow(/no labelled pictures/);
});
