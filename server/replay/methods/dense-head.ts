/** One hidden layer and a softmax, trained from nothing on embeddings: the head of well-known teaching tools. */
import { softmax } from '../../../protocol/learning/metrics.ts';
import type { Random } from '../../../protocol/learning/random.ts';
import { shuffled } from '../../../protocol/learning/random.ts';

export type DenseHeadRecipe = {
  readonly hidden: number;
  /** Of the hidden outputs, the part that is left out in each step (inverted dropout: Srivastava et al. 2014). */
  readonly dropout: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of Adam, with Keras' other settings. */
  readonly rate: number;
};

export type LabelledVector = {
  /** `[d]`. */
  readonly input: Float32Array;
  readonly label: number;
};

/** Gives the probabilities `[classes]` of an input. `examples`: at least one. */
export type DenseHead = (input: Float32Array) => Float32Array;

export function trainDenseHead(
  examples: readonly LabelledVector[],
  classes: number,
  recipe: DenseHeadRecipe,
  random: Random,
): DenseHead {
  const { hidden, dropout, epochs, batchSize, rate } = recipe;
  const length = examples[0]?.input.length ?? 0;
  const first = new Dense(length, hidden, random);
  const last = new Dense(hidden, classes, random);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(examples, random);
    for (let at = 0; at < order.length; at += batchSize) {
      const batch = order.slice(at, at + batchSize);
      for (const { input, label } of batch) {
        const active = relu(first.forward(input));
        const kept = active.map((x) => (dropout > 0 && random.next() < dropout ? 0 : x / (1 - dropout)));
        const gradient = softmax(last.forward(kept)).map((p, i) => (p - (i === label ? 1 : 0)) / batch.length);
        const back = last.backward(kept, gradient);
        first.accumulate(
          input,
          back.map((g, i) => ((kept[i] ?? 0) > 0 ? g / (1 - dropout) : 0)),
        );
      }
      step++;
      first.update(rate, step);
      last.update(rate, step);
    }
  }
  return (input) => softmax(last.forward(relu(first.forward(input))));
}

function relu(values: Float32Array): Float32Array {
  return values.map((x) => Math.max(0, x));
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];

/** A dense layer `[inputs, outputs]` with its gradient and Adam's moments (Kingma & Ba 2015). */
class Dense {
  readonly #outputs: number;
  /** Kernel, row-major, then bias. */
  readonly #weights: Float32Array;
  readonly #gradient: Float32Array;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;

  constructor(inputs: number, outputs: number, random: Random) {
    this.#outputs = outputs;
    const limit = Math.sqrt(6 / (inputs + outputs));
    this.#weights = Float32Array.from({ length: (inputs + 1) * outputs }, (_, i) =>
      i < inputs * outputs ? (random.next() * 2 - 1) * limit : 0,
    );
    this.#gradient = new Float32Array(this.#weights.length);
    this.#mean = new Float32Array(this.#weights.length);
    this.#square = new Float32Array(this.#weights.length);
  }

  forward(input: Float32Array): Float32Array {
    const [weights, outputs] = [this.#weights, this.#outputs];
    const sums = weights.slice(input.length * outputs);
    for (let i = 0, at = 0; i < input.length; i++, at += outputs) {
      const x = input[i] ?? 0;
      if (x !== 0) for (let o = 0; o < outputs; o++) sums[o] = (sums[o] ?? 0) + x * (weights[at + o] ?? 0);
    }
    return sums;
  }

  /** Adds to the weights' gradient. */
  accumulate(input: Float32Array, gradient: Float32Array): void {
    const [sums, outputs] = [this.#gradient, this.#outputs];
    for (let i = 0, at = 0; i <= input.length; i++, at += outputs) {
      const x = i < input.length ? (input[i] ?? 0) : 1;
      if (x !== 0) for (let o = 0; o < outputs; o++) sums[at + o] = (sums[at + o] ?? 0) + x * (gradient[o] ?? 0);
    }
  }

  /** As `accumulate`; gives the gradient of `input`. */
  backward(input: Float32Array, gradient: Float32Array): Float32Array {
    this.accumulate(input, gradient);
    const [weights, outputs] = [this.#weights, this.#outputs];
    return input.map((_, i) => {
      let sum = 0;
      for (let o = 0; o < outputs; o++) sum += (gradient[o] ?? 0) * (weights[i * outputs + o] ?? 0);
      return sum;
    });
  }

  /** One step of Adam, the `step`-th from 1, with the gradient so far; begins the next. */
  update(rate: number, step: number): void {
    const [weights, gradient, mean, square] = [this.#weights, this.#gradient, this.#mean, this.#square];
    const size = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i] ?? 0;
      const m = (mean[i] = beta1 * (mean[i] ?? 0) + (1 - beta1) * g);
      const s = (square[i] = beta2 * (square[i] ?? 0) + (1 - beta2) * g * g);
      weights[i] = (weights[i] ?? 0) - (size * m) / (Math.sqrt(s) + epsilon);
    }
    gradient.fill(0);
  }
}
