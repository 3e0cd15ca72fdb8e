/** How an exported project lies in its zip, which an import reads back: a folder for each class, and two for what is no class. */
import { labelKey } from '../../protocol/learning/labels.ts';

/** What is known of each picture. */
export const labelsFile = 'labels.csv';
/** Pictures that show none of the classes. */
export const noneFolder = '_none';
/** Pictures of which nobody has said what they show. */
export const unlabelledFolder = '_unlabelled';

/** The folder of a picture; characters that no file may have in its name become `_`. */
export function folderOf(said: { readonly label: string | null } | null): string {
  if (!said) return unlabelledFolder;
  return said.label?.replace(/[\\/:*?"<>|]/g, '_') ?? noneFolder;
}

/** What a picture at this path shows: the name of the folder that it lies in; undefined when that says nothing. */
export function labelAt(path: string): string | null | undefined {
  const folder = path.split('/').at(-2);
  if (folder === undefined || folder === unlabelledFolder) return undefined;
  return folder === noneFolder ? null : labelKey(folder);
}
