/** Words as long as those of the wordiest language, still readable: to see whether a screen has room for them. */

/** How much longer a word becomes: German takes about so much more room than English. */
const growth = 0.4;

const plain = 'aceginorstuzACEGINORSTUZ';
const accented = 'àçéğîñöŕšţûžÀÇÉĞÎÑÖŔŠŢÛŽ';

/** Every word of the text accented and longer, the whole in brackets: what is shown without them was cut or never passed here. */
export function longText(text: string): string {
  const words = text.replace(/\p{Letter}+/gu, (word) => {
    const letters = [...word].map((letter) => accented[plain.indexOf(letter)] ?? letter);
    return letters.join('') + '~'.repeat(Math.ceil(growth * word.length));
  });
  return `[${words}]`;
}

/** The same set of words, each text of it long, and what its functions say, too. */
export function longWords<Texts extends object>(words: Texts): Texts {
  const long = Object.entries(words).map(([key, value]: [string, unknown]) => [key, longValue(value)]);
  // Same keys, same kinds of values.
  return (Array.isArray(words) ? long.map(([, value]) => value) : Object.fromEntries(long)) as Texts;
}

function longValue(value: unknown): unknown {
  if (typeof value === 'string') return longText(value);
  if (typeof value === 'function')
    return (...values: unknown[]) => longText((value as (...values: unknown[]) => string)(...values));
  return longWords(value as object);
}
