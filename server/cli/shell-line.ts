/** Command lines that a person can paste into a shell. */

/** `npx occhio` with these arguments, quoted where a shell would take them apart. */
export function occhioLine(args: readonly string[]): string {
  return ['npx', 'occhio', ...args].map(quoted).join(' ');
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
