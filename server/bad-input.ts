// What a command throws when what it was given cannot be used: a wrong folder, file, option or value.

/** Bad input from a person: its message says what was expected, what came, and what to do. The program prints it and exits 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
