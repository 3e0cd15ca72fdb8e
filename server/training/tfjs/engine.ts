/** A tfjs backend that the trainers of this process compute on. */

/** tfjs has one engine a process, in its main thread: a second worker thread fails (tfjs#8388). */
export interface Engine {
  /** Shown to people: `webgpu (NVIDIA H200)`. */
  readonly description: string;
  /** Makes tfjs compute on it from here on; something else in the process may have chosen another since. */
  use(): void;
  /** What has gone wrong on the device; undefined while all is well. What it computes is worthless from then on. */
  failure(): Error | undefined;
  /** Gives it back; the last one to do so frees the device. */
  close(): void;
}

/** Why a backend cannot be used here, and what to do about it. */
export type Absent = { readonly absent: string };

export type OpenEngine = () => Promise<Engine | Absent>;

/** The same engine for all who open it before the last of them has closed it. */
export function shared(open: OpenEngine): OpenEngine {
  let holders = 0;
  let opening: Promise<Engine | Absent> | undefined;
  return async () => {
    holders++; // At once: who closes meanwhile is not the last.
    const engine = await (opening ??= open().catch(refused));
    if ('absent' in engine) {
      // Remembered: looking for a graphics processor takes long, and none appears while a process runs.
      holders--;
      return engine;
    }
    const close = (): void => {
      holders--;
      if (holders > 0) return;
      opening = undefined;
      engine.close();
    };
    return { ...engine, close };
  };
}

/** A driver that fails at the start is as good as none. */
function refused(error: unknown): Absent {
  return { absent: `It does not start: ${error instanceof Error ? error.message : String(error)}` };
}
