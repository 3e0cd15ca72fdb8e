/** Losses over `[rows, units]`: each example's loss, its gradient, and whether its largest output is at the largest target. */

@external("env", "exp")
declare function exp(x: f64): f64;
@external("env", "log")
declare function log(x: f64): f64;

/** The index of the first largest of `units` floats. */
function largestIndex(values: usize, units: i32): i32 {
  let best = 0;
  for (let i = 1; i < units; i++)
    if (load<f32>(values + (<usize>i << 2)) > load<f32>(values + (<usize>best << 2))) best = i;
  return best;
}

/** Softmax cross-entropy against probabilities; `factor` times the example's weight scales the gradient. */
export function softmaxCrossEntropy(
  rows: i32, units: i32, outputs: usize, targets: usize, weights: usize, factor: f32, gradients: usize, accumulate: i32,
  losses: usize, hits: usize,
): void {
  const row = <usize>units << 2;
  for (let r = 0; r < rows; r++) {
    const top = largestIndex(outputs, units), largest = <f64>load<f32>(outputs + (<usize>top << 2));
    let sum: f64 = 0, mass: f64 = 0, dot: f64 = 0;
    for (let i: usize = 0; i < row; i += 4) {
      const e = exp(<f64>load<f32>(outputs + i) - largest), target = <f64>load<f32>(targets + i);
      sum += e;
      mass += target;
      dot += target * (<f64>load<f32>(outputs + i) - largest);
      if (gradients && !accumulate) store<f32>(gradients + i, <f32>e);
    }
    const weight = load<f32>(weights), scale = <f64>(factor * weight);
    for (let i: usize = 0; i < row; i += 4) {
      const e = accumulate ? exp(<f64>load<f32>(outputs + i) - largest) : <f64>load<f32>(gradients + i);
      const g = <f32>(scale * (mass * (e / sum) - <f64>load<f32>(targets + i)));
      store<f32>(gradients + i, accumulate ? load<f32>(gradients + i) + g : g);
    }
    store<f32>(losses, weight * <f32>(mass * log(sum) - dot));
    store<f32>(hits, top == largestIndex(targets, units) ? 1 : 0);
    outputs += row;
    targets += row;
    gradients += row;
    weights += 4;
    losses += 4;
    hits += 4;
  }
}

/** 1 - cos(output, target). Where either has no length the loss is 1 and the gradient 0. */
export function cosine(
  rows: i32, units: i32, outputs: usize, targets: usize, weights: usize, factor: f32, gradients: usize, accumulate: i32,
  losses: usize, hits: usize,
): void {
  const row = <usize>units << 2;
  for (let r = 0; r < rows; r++) {
    let dot: f64 = 0, own: f64 = 0, other: f64 = 0;
    for (let i: usize = 0; i < row; i += 4) {
      const x = <f64>load<f32>(outputs + i), t = <f64>load<f32>(targets + i);
      dot += x * t;
      own += x * x;
      other += t * t;
    }
    const weight = load<f32>(weights), lengths = sqrt<f64>(own * other), inverse: f64 = lengths == 0 ? 0 : 1 / lengths;
    const cos = dot * inverse, scale = <f64>(factor * weight), back: f64 = own == 0 ? 0 : cos / own;
    for (let i: usize = 0; i < row; i += 4) {
      const g = <f32>(scale * (<f64>load<f32>(outputs + i) * back - <f64>load<f32>(targets + i) * inverse));
      store<f32>(gradients + i, accumulate ? load<f32>(gradients + i) + g : g);
    }
    store<f32>(losses, weight * <f32>(1 - cos));
    store<f32>(hits, largestIndex(outputs, units) == largestIndex(targets, units) ? 1 : 0);
    outputs += row;
    targets += row;
    gradients += row;
    weights += 4;
    losses += 4;
    hits += 4;
  }
}
