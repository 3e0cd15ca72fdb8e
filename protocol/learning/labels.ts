/** What things are called: the key that identifies a label, and the names that people read. */

/** A word in the languages of the app. */
export type Names = { readonly en: string; readonly it: string };

export type Label = {
  /** The identity: a `labelKey`. Two labels with one key are the same label. */
  readonly key: string;
  /** For a label that a person typed, both are what was typed. */
  readonly names: Names;
  /** The wider word, for a label that has one: a beagle's family is the dog. */
  readonly family?: Names;
  /** People named it: the backbone that the version grew from did not know it. */
  readonly grown?: true;
};

/** Longest key and name, in Unicode code points. */
export const maxLabelLength = 60;

/**
 * The key of a typed text: NFC, lower-case, without outer blanks and with single blanks inside, so that one word is
 * one label however it was typed. Undefined when nothing is left or more than `maxLabelLength` code points are.
 */
export function labelKey(text: string): string | undefined {
  return bounded(tidy(text).toLowerCase().normalize('NFC'));
}

/** The label for what a person typed, or undefined when it has no `labelKey`. */
export function labelFromText(text: string): Label | undefined {
  const key = labelKey(text);
  const name = bounded(tidy(text));
  return key && name ? { key, names: { en: name, it: name } } : undefined;
}

/** NFC, with every run of blanks and control characters as one space, none outside. */
function tidy(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

function bounded(text: string): string | undefined {
  const length = [...text].length;
  return length > 0 && length <= maxLabelLength ? text : undefined;
}
