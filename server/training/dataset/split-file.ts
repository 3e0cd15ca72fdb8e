/** The CSV file that says which picture is for what. */
import { BadInput } from '../../bad-input.ts';
import type { Part } from './arrangement.ts';
import { partFolders } from './arrangement.ts';
import { parseCsv } from './csv.ts';

const partNames: ReadonlyMap<string, Part | 'left out'> = new Map([
  ...partFolders,
  ['drop', 'left out'],
  ['', 'left out'],
]);

/**
 * The part of each file, from CSV `text` with a header line that names the columns `file` and `column`; other columns are
 * passed over. Files marked `drop`, or nothing, are left out. Throws BadInput for another header, for an unknown part and
 * for a file that is not among `files`; `name` is the split file's, for messages.
 */
export function parseSplit(
  text: string,
  options: { readonly name: string; readonly column: string; readonly files: readonly string[] },
): ReadonlyMap<string, Part> {
  const { name, column } = options;
  const [header = [], ...rows] = parseCsv(text);
  const fileAt = header.indexOf('file');
  const partAt = header.indexOf(column);
  if (fileAt < 0 || partAt < 0)
    throw new BadInput(
      `${name} should have a header line with the columns file and ${column}; it has ${header.join(', ') || 'none'}. Name the column with --split-column.`,
    );
  const files = new Set(options.files);
  const parts = new Map<string, Part>();
  rows.forEach((row, i) => {
    const file = row[fileAt] ?? '';
    const part = partNames.get(row[partAt]?.toLowerCase() ?? 'missing');
    const line = `line ${String(i + 2)} of ${name}`;
    if (!part)
      throw new BadInput(`Expected train, validation, test or drop in ${line}, got ${row[partAt] ?? 'nothing'}.`);
    if (!files.has(file))
      throw new BadInput(`The picture in ${line}, ${file}, is not there; paths are relative to the dataset.`);
    if (part !== 'left out') parts.set(file, part);
  });
  return parts;
}

/** A split as CSV, such that `parseSplit` reads it back. */
export function formatSplit(parts: ReadonlyMap<string, Part>): string {
  const lines = [...parts].map(
    ([file, part]) => `${/[",\n]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file},${part}`,
  );
  return ['file,split', ...lines, ''].join('\n');
}
