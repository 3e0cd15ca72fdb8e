/** Finds the fastest backend of this device that computes the right numbers, by trying each. */
import { loadNetwork } from '../../protocol/learning/forward.ts';
import type { Model } from '../../protocol/learning/model-file.ts';
import { sizeOf } from '../../protocol/learning/shapes.ts';
import type { BackendChoice } from '../storage/settings.ts';
import type { Measured } from './api.ts';
import type { BackendName } from './backends.ts';
import { backendNames, backends } from './backends.ts';
import { passesSelfTest } from './self-test.ts';

const warmUpFrames = 3;
const measuredFrames = 7;

export type Choice = { readonly choice: BackendChoice; readonly measured: readonly Measured[] };

/**
 * Uses the remembered backend when it was measured on the same `subject` and still works; else measures all. On return
 * tfjs uses the chosen one. Undefined when none computes the right numbers.
 */
export async function chooseBackend(
  model: Model,
  subject: string,
  remembered: BackendChoice | null,
): Promise<Choice | undefined> {
  if (remembered?.subject === subject && (await backends[remembered.backend].start()))
    return { choice: remembered, measured: [] };
  const measured: Measured[] = [];
  for (const backend of backendNames) measured.push(await measure(backend, model));
  const [best] = measured.filter((one) => one.kind === 'right').sort((a, b) => a.ms - b.ms);
  if (!best || !(await backends[best.backend].start())) return undefined;
  return { choice: { subject, backend: best.backend, ms: best.ms }, measured };
}

async function measure(backend: BackendName, model: Model): Promise<Measured> {
  // A driver may throw anywhere between creating a context and reading back: such a backend counts as absent.
  try {
    if (!(await backends[backend].start())) return { backend, kind: 'absent' };
    const network = loadNetwork(model.spec, model.weights);
    try {
      if (!(await passesSelfTest(network, model.probes))) return { backend, kind: 'wrong' };
      const input = new Float32Array(sizeOf(model.spec.input));
      const times: number[] = [];
      for (let frame = 0; frame < warmUpFrames + measuredFrames; frame++) {
        const startMs = performance.now();
        await network.run(input);
        times.push(performance.now() - startMs);
      }
      const [median = Infinity] = times
        .slice(warmUpFrames)
        .sort((a, b) => a - b)
        .slice(measuredFrames >> 1);
      return { backend, kind: 'right', ms: median };
    } finally {
      network.dispose();
    }
  } catch {
    return { backend, kind: 'absent' };
  }
}
