/** The texts of a set of words, to compare languages. */

/** What stands for the figures of a class. */
const figures = { right: 2, n: 5, low: '12 %', high: '77 %', more: 9, others: 2, as: 'x' };

const valuesFor = (key: string): readonly unknown[] => {
  if (key === 'enoughUnsure' || key === 'enoughWeak') return ['x', figures];
  return key === 'named' ? [['x'], 5] : [3, 4, 5, 6];
};

/** Every text by its path; what a function says, for numbers, or where it takes them for the figures of a class. */
export function textsOf(words: object, path = ''): readonly (readonly [path: string, text: string])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}/${key}`;
    if (typeof value === 'string') return [[here, value] as const];
    if (typeof value === 'function') {
      const values = valuesFor(key);
      return [[here, String((value as (...values: unknown[]) => unknown)(...values))] as const];
    }
    return textsOf(value as object, here);
  });
}
