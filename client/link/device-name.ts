/** What a device is called until its owner says otherwise: only to tell it from others. */

/** The first that the browser's own description names: an iPad's names Mac, too, and Android's names Linux. */
const systems: readonly (readonly [named: RegExp, name: string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
];

const browsers: typeof systems = [
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

/** `Android, Chrome`, from `navigator.userAgent`. */
export function deviceNameIn(userAgent: string): string {
  const names = [systems, browsers].flatMap((table) => table.find(([named]) => named.test(userAgent))?.[1] ?? []);
  return names.join(', ') || 'Browser';
}
