/** Which pictures of a source show which class, and which of them are for training. */
import { createHash } from 'node:crypto';
import { noneFolder, unlabelledFolder } from '../../../protocol/exported-pictures.ts';
import { labelFromText, labelKey } from '../../../protocol/learning/labels.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import { BadInput } from '../../bad-input.ts';
import type { PictureSource } from './picture-source.ts';
import { isPicture } from './picture-source.ts';

export type Part = 'train' | 'validation' | 'test';

export type Example = {
  readonly file: string;
  /** Index into `labels`. */
  readonly label: number;
  /** Absent when neither folders nor a split file say. */
  readonly part?: Part;
};

export type Arrangement = {
  /** One per class folder, in order of their names. */
  readonly labels: readonly Label[];
  readonly examples: readonly Example[];
};

/** Names of folders above the class folders that say what their pictures are for. */
export const partFolders: ReadonlyMap<string, Part> = new Map([
  ['train', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['test', 'test'],
]);

const ofNoClass: ReadonlySet<string> = new Set([noneFolder, unlabelledFolder]);

/**
 * Reads the layout `<class>/…/picture` or `{train,val,validation,test}/<class>/…/picture`, below any folders that all
 * files share. With `split` (part by file), it decides the parts instead of the folders, and files that it does not name
 * are left out; so are, of what Occhio exported, the pictures that are of no class. Throws BadInput when there are no pictures, a picture stands outside the class folders, a class folder
 * has none, or there are fewer than two classes.
 */
export function arrange(source: PictureSource, split?: ReadonlyMap<string, Part>): Arrangement {
  const pictures = source.files.filter((file) => isPicture(file) && !ofNoClass.has(file.split('/').at(-2) ?? ''));
  if (pictures.length === 0)
    throw new BadInput(
      `${source.name} has no pictures; expected one folder of JPEG, PNG or WebP files for each class.`,
    );
  const shared = sharedFolders(pictures);
  const inParts = pictures.every((file) => partOf(file, shared) && file.split('/').length > shared + 2);
  const classDepth = inParts ? shared + 1 : shared;
  const loose = pictures.find((file) => file.split('/').length < classDepth + 2);
  if (loose) throw new BadInput(`${loose} in ${source.name} is in no class folder; expected <class>/${loose}.`);

  const classOf = (path: string): string => path.split('/')[classDepth] ?? '';
  const used = split ? pictures.filter((file) => split.has(file)) : pictures;
  const classes = [...new Set(used.map(classOf))].sort();
  const full = new Set(
    pictures.map((file) =>
      file
        .split('/')
        .slice(0, classDepth + 1)
        .join('/'),
    ),
  );
  const empty = source.folders.find((folder) => {
    const parts = folder.split('/');
    return parts.length === classDepth + 1 && !full.has(folder) && !ofNoClass.has(parts.at(-1) ?? '');
  });
  if (empty) throw new BadInput(`${empty} in ${source.name} has no pictures; fill the folder or remove it.`);
  if (classes.length === 0) throw new BadInput(`The split leaves out every picture of ${source.name}.`);
  if (classes.length < 2)
    throw new BadInput(
      `${source.name} has one class (${classes.join()}); expected at least two, each in its own folder.`,
    );

  const part = (file: string): Part | undefined =>
    split ? split.get(file) : inParts ? partOf(file, shared) : undefined;
  const examples = used.map((file): Example => {
    const known = part(file);
    return { file, label: classes.indexOf(classOf(file)), ...(known && { part: known }) };
  });
  return { labels: labelsOf(source, classes), examples };
}

/**
 * The pictures to train and to judge with. Where the arrangement names no validation pictures, its test pictures
 * are taken; where it names neither, a fifth of each class, chosen by a hash of `seed` and the file's path, so that the
 * same picture stays on its side when others come. Throws BadInput when a class has no training picture.
 */
export function holdOut(
  arrangement: Arrangement,
  seed: number,
): { readonly train: readonly Example[]; readonly validation: readonly Example[] } {
  const { labels, examples } = arrangement;
  const of = (...parts: readonly (Part | undefined)[]): readonly Example[] =>
    examples.filter(({ part }) => parts.includes(part));
  const named = of('validation').length > 0 ? of('validation') : of('test');
  const validation =
    named.length > 0
      ? named
      : labels.flatMap((_, label) =>
          aFifth(
            of('train', undefined).filter((e) => e.label === label),
            seed,
          ),
        );
  const heldOut = new Set(validation);
  const train = of('train', undefined).filter((example) => !heldOut.has(example));
  const missing = labels.find((_, label) => !train.some((example) => example.label === label));
  if (missing) throw new BadInput(`Class ${missing.key} has no training pictures; add some or remove the class.`);
  if (validation.length === 0)
    throw new BadInput('No pictures are left to validate with; expected at least two pictures of some class.');
  return { train, validation };
}

function aFifth(examples: readonly Example[], seed: number): readonly Example[] {
  const count = examples.length > 1 ? Math.max(1, Math.round(examples.length / 5)) : 0;
  const order = examples.map((example) => ({
    example,
    hash: createHash('sha256')
      .update(`${String(seed)} ${example.file}`)
      .digest('hex'),
  }));
  order.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return order.slice(0, count).map(({ example }) => example);
}

/** How many leading folders every picture shares: those that hold the dataset, not those that name a part or a class. */
function sharedFolders(pictures: readonly string[]): number {
  const [first = '', ...others] = pictures.map((file) => file.split('/'));
  let shared = 0;
  const folder = (): string | undefined => first[shared];
  while (
    first.length > shared + 2 &&
    !partFolders.has(folder()?.toLowerCase() ?? '') &&
    others.every((parts) => parts[shared] === folder() && parts.length > shared + 2)
  )
    shared++;
  return shared;
}

function partOf(file: string, depth: number): Part | undefined {
  return partFolders.get(file.split('/')[depth]?.toLowerCase() ?? '');
}

/** Folder names as labels, underscores read as spaces. */
function labelsOf(source: PictureSource, classes: readonly string[]): readonly Label[] {
  const folders = new Map<string, string>();
  return classes.map((folder) => {
    const text = folder.replaceAll('_', ' ');
    const label = labelFromText(text);
    if (!label)
      throw new BadInput(
        `Folder ${folder} in ${source.name} cannot be a label; expected a name of 1 to 60 characters.`,
      );
    const twin = folders.get(labelKey(text) ?? '');
    if (twin) throw new BadInput(`Folders ${twin} and ${folder} in ${source.name} name the same class; merge them.`);
    folders.set(label.key, folder);
    return label;
  });
}
