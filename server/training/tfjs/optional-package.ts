/** Packages that nobody downloads unasked: they are imported when they are there. */
import type { Absent } from './engine.ts';

/** The package's exports, or what to do so that they can be had. `installable` is `name@version` as npm takes it. */
export async function importOptional(
  name: string,
  installable: string,
): Promise<{ readonly exports: unknown } | Absent> {
  try {
    return { exports: (await import(name)) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      absent: `The package ${name} cannot be loaded: ${reason}\nTo install it: npm install --no-save --save-prod ${installable}`,
    };
  }
}
