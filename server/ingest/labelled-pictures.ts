/** What the pictures of a folder or zip file show, for an import. */
import { labelAt, labelsFile, noneFolder, plainField } from '../../protocol/exported-pictures.ts';
import { labelKey } from '../../protocol/learning/labels.ts';
import { BadInput } from '../bad-input.ts';
import { arrange } from '../training/dataset/arrangement.ts';
import { parseCsv } from '../training/dataset/csv.ts';
import type { PictureSource } from '../training/dataset/picture-source.ts';
import { isPicture } from '../training/dataset/picture-source.ts';

export type LabelledPicture = {
  readonly file: string;
  /** A label's key; null is "none of these". */
  readonly label: string | null;
};

/**
 * Of what Occhio exported, as its table has it; a picture that the table does not name, and every other source, goes by its
 * folder. Rejects with BadInput as `arrange` does.
 */
export async function labelledPictures(source: PictureSource): Promise<readonly LabelledPicture[]> {
  const table = source.files.find((file) => file.split('/').at(-1) === labelsFile);
  if (table !== undefined) return fromTable(source, table);
  const { labels, examples } = arrange(source);
  const none = source.files.filter((file) => isPicture(file) && labelAt(file) === null);
  return [
    ...examples.map(({ file, label }) => ({ file, label: labels[label]?.key ?? null })),
    ...none.map((file) => ({ file, label: null })),
  ];
}

async function fromTable(source: PictureSource, table: string): Promise<readonly LabelledPicture[]> {
  const rows = parseCsv((await source.read(table)).toString());
  const place = table.slice(0, -labelsFile.length);
  const words = new Map(rows.slice(1).map(([file = '', label = '']) => [place + plainField(file), plainField(label)]));
  const pictures = source.files.filter(isPicture).flatMap((file) => {
    const word = words.get(file);
    // Without a word the folder says whether it is none of the classes, or not labelled.
    const label = word ? labelKey(word) : labelAt(file);
    if (word && label === undefined)
      throw new BadInput(`${table} in ${source.name} calls ${file} "${word.slice(0, 80)}", which cannot be a label.`);
    return label === undefined ? [] : [{ file, label }];
  });
  if (pictures.length > 0) return pictures;
  throw new BadInput(
    `${source.name} has no labelled pictures; expected JPEG, PNG or WebP files in a folder for each class, or in ${noneFolder}.`,
  );
}
