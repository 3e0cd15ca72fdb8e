/**
 * How exported pictures lie in their zip, which an import reads back: a folder for each class, two for what is no class, and a
 * table of what is known of each.
 */
import { labelKey } from './learning/labels.ts';
import type { PictureEntry } from './messages/pictures.ts';

/** The table. */
export const labelsFile = 'labels.csv';
/** Pictures that show none of the classes. */
export const noneFolder = '_none';
/** Pictures of which nobody has said what they show. */
export const unlabelledFolder = '_unlabelled';

/** Its first line. */
export const tableHead = 'file,label,taken,device,predicted,probability';

type Exported = Pick<PictureEntry, 'sample' | 'said' | 'capturedAtMs' | 'device' | 'deviceName' | 'prediction'>;

/** Where a picture lies: `<class>/<sample>.jpg`. */
export function pathOf({ said, sample }: Exported): string {
  return `${folderOf(said)}/${sample}.jpg`;
}

/** What begins with a dot is hidden, and the other characters may be in no file's name: they become `_`. */
function folderOf(said: Exported['said']): string {
  if (!said) return unlabelledFolder;
  return said.label?.replace(/^\.|[\\/:*?"<>|]/g, '_') ?? noneFolder;
}

/** What a picture at this path shows: the name of the folder that it lies in; undefined when that says nothing. */
export function labelAt(path: string): string | null | undefined {
  const folder = path.split('/').at(-2);
  if (folder === undefined || folder === unlabelledFolder) return undefined;
  return folder === noneFolder ? null : labelKey(folder);
}

/** The picture's line of the table. */
export function tableRow(picture: Exported): string {
  const { said, capturedAtMs, device, deviceName, prediction } = picture;
  return [
    pathOf(picture),
    said?.label ?? '',
    new Date(capturedAtMs).toISOString(),
    deviceName ?? device,
    prediction?.label ?? '',
    prediction ? String(prediction.probability) : '',
  ]
    .map(csvField)
    .join(',');
}

/** The lines of a table as its file. */
export function tableText(rows: readonly string[]): string {
  return [tableHead, ...rows, ''].join('\r\n');
}

/** As RFC 4180 has it; a spreadsheet must not take a name for a formula. */
function csvField(text: string): string {
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** What a field said before it was kept from being a formula. */
export function plainField(field: string): string {
  return field.replace(/^'(?=[=+\-@\t])/, '');
}
