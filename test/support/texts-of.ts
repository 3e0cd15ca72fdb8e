/** The texts of a set of words, to compare languages. */

/** Every text by its path; what a function says, for numbers. */
export function textsOf(words: object, path = ''): readonly (readonly [path: string, text: string])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}/${key}`;
    if (typeof value === 'string') return [[here, value] as const];
    if (typeof value === 'function')
      return [[here, String((value as (...numbers: number[]) => unknown)(3, 4))] as const];
    return textsOf(value as object, here);
  });
}
