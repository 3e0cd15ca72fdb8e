/** The lines that tell how a run goes. */
import { percent } from '../report/percent.ts';

/** Adds up what happened since the last line of a run's log. */
export class StepLog {
  readonly #log: (line: string) => void;
  #loss = 0;
  #steps = 0;
  #correct = 0;
  #seen = 0;
  #since = performance.now();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  add(loss: number, correct: number, count: number): void {
    this.#loss += loss;
    this.#steps += 1;
    this.#correct += correct;
    this.#seen += count;
  }

  print(step: number, progress: number, learningRate: number): void {
    const seconds = (performance.now() - this.#since) / 1000;
    const [loss, rate] = [(this.#loss / this.#steps).toFixed(3), (this.#seen / seconds).toFixed(0)];
    const right = percent(this.#correct / this.#seen);
    this.#log(
      `step ${String(step)} (${percent(progress)})  loss ${loss}  right ${right}  ${rate} pictures/s  rate ${learningRate.toExponential(2)}`,
    );
    this.#loss = this.#steps = this.#correct = this.#seen = 0;
    this.#since = performance.now();
  }
}
