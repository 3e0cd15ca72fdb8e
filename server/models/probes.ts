/** The self-test of a model: what the hub's engine answers to the probe inputs. */
import { probedLayer } from '../../protocol/learning/model-file.ts';
import type { Probe } from '../../protocol/learning/model-file.ts';
import type { ModelSpec } from '../../protocol/learning/model-spec.ts';
import { toInput } from '../../protocol/learning/preprocess.ts';
import type { Weights } from '../../protocol/learning/weights.ts';
import { createInference, outputsOf } from '../training/inference.ts';
import { probeInputs } from './probe-inputs.ts';

/** `weights` have to be as a model file holds them: rounded to halves. */
export async function probesOf(spec: ModelSpec, weights: Weights, threads: number): Promise<readonly Probe[]> {
  const [size] = spec.input;
  const inputs = probeInputs(size);
  const trainer = await createInference(spec, weights, threads);
  try {
    const pictures = inputs.map((data) => toInput({ data, width: size, height: size, channels: 3 }, size));
    const logits = await outputsOf(trainer, pictures, probedLayer(spec));
    return inputs.map((input, i) => ({ input, logits: logits[i] ?? new Float32Array() }));
  } finally {
    await trainer.dispose();
  }
}
