/** What whoever uses an exported model elsewhere has to know. */
import type { ModelSpec } from '../../../protocol/learning/model-spec.ts';
import type { OpenedModel } from '../open-model.ts';

/** How a picture becomes the input: `preprocess.ts` in words. */
export function preprocessingText({ input: [height, width] }: ModelSpec): string {
  return `Float32 [n, ${String(height)}, ${String(width)}, 3]: the picture's central square, resized to ${String(height)} x ${String(width)} pixels with a triangle filter (bilinear with anti-aliasing), red, green, blue, each value x of 0 to 255 as x / 127.5 - 1.`;
}

/** The README beside an exported tfjs layers model. */
export function tfjsReadme({ spec, labels, temperature, calibration }: OpenedModel): string {
  const output =
    labels.length === 0
      ? 'the embedding: the model knows no label yet.'
      : `softmax(logits), a probability for each entry of \`labels.json\`, in their order. How sure the model ought to be is
softmax(log(output) / T) with the temperature T = ${String(temperature)}.`;
  const threshold =
    labels.length > 0 && calibration
      ? ` Where the largest of these is below ${String(calibration.threshold)}, Occhio answers "I don't know it".`
      : '';
  return `# ${spec.name}

A tfjs layers model, exported by Occhio. \`tf.loadLayersModel\` reads \`model.json\`; so does \`npx occhio eval PICTURES --model FOLDER\`.

Input: ${preprocessingText(spec)}

Output: ${output}${threshold}
`;
}
