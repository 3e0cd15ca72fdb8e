/** The shape of a set of words: what one language says, every other says, too. */
export type Words<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Texts[Key] extends readonly string[]
      ? readonly string[]
      : Texts[Key] extends string
        ? string
        : Words<Texts[Key]>;
};
