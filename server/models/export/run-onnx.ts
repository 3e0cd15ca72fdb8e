/** Runs an ONNX model with ONNX Runtime, as whoever it goes to will. */
import { probedLayer } from '../../../protocol/learning/model-file.ts';
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { onnxOutput } from './onnx-model.ts';
import type { ExportedOutputs } from './parity.ts';

/** Of `file`, which `onnxModel` made of `spec`; null where the package onnxruntime-web is not installed. */
export async function onnxOutputs(file: Uint8Array, spec: ModelSpec): Promise<ExportedOutputs | null> {
  const runtime = await import('onnxruntime-web').catch(absent);
  if (!runtime) return null;
  // Threads of its own would keep the program from ending.
  runtime.env.wasm.numThreads = 1;
  const output = probedLayer(spec) === spec.head ? onnxOutput.logits : onnxOutput.embedding;
  return async (inputs) => {
    const session = await runtime.InferenceSession.create(file);
    try {
      const outputs: Float32Array[] = [];
      for (const input of inputs) {
        const tensor = new runtime.Tensor('float32', input, [1, ...spec.input]);
        const found = (await session.run({ [inputName]: tensor }, [output]))[output];
        // Every output of ours is one of floats.
        outputs.push(found?.data as Float32Array);
      }
      return outputs;
    } finally {
      await session.release();
    }
  };
}

function absent(cause: unknown): null {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND') return null;
  throw cause;
}
