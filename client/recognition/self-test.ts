/** Checks a loaded network's numbers against the ones that the hub computed, before it may label anything. */
import type { Network } from '../../protocol/learning/forward.ts';
import type { Probe } from '../../protocol/learning/model-file.ts';

/** Of the largest logit. Half-precision GPUs stay well below; wrong drivers (tfjs#8342) far above. */
const tolerance = 0.03;

export async function passesSelfTest(network: Network, probes: readonly Probe[]): Promise<boolean> {
  for (const { input, logits: expected } of probes) {
    const { logits, embedding } = await network.run(Float32Array.from(input, (byte) => byte / 127.5 - 1));
    const found = logits.length > 0 ? logits : embedding;
    const scale = expected.reduce((largest, logit) => Math.max(largest, Math.abs(logit)), 1);
    // The comparison is written so that NaN fails it.
    if (!expected.every((logit, i) => Math.abs(logit - (found[i] ?? NaN)) <= tolerance * scale)) return false;
  }
  return true;
}
