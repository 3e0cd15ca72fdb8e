/** A training run as lines of a terminal, in the words of Keras. */
import type { FitObserver } from '../training/fit/fit.ts';
import type { ProgressLine } from './progress-line.ts';
import { bar, duration } from './progress-line.ts';

/** Shows each step in passing and each epoch for good. */
export function trainingProgress(
  line: ProgressLine,
  run: { readonly epochs: number; readonly stepsPerEpoch: number },
): Omit<FitObserver, 'save'> {
  const { epochs, stepsPerEpoch } = run;
  return {
    onStep({ epoch, step, msPerStep, loss, accuracy }) {
      const left = stepsPerEpoch * (epochs - epoch + 1) - step;
      const place = `epoch ${String(epoch)}/${String(epochs)} ${bar(step / stepsPerEpoch, 12)} ${String(step)}/${String(stepsPerEpoch)}`;
      line.pass(
        `${place} ${pace(msPerStep)} ETA ${duration(left * msPerStep)} loss ${loss.toFixed(4)} acc ${accuracy.toFixed(4)}`,
      );
    },
    onEpoch({ epoch, msPerStep, loss, accuracy, validationLoss, validationAccuracy, seconds }) {
      const place = `epoch ${String(epoch)}/${String(epochs)} ${String(stepsPerEpoch)} steps ${pace(msPerStep)} ${duration(seconds * 1000)}`;
      const training = `loss ${loss.toFixed(4)} acc ${accuracy.toFixed(4)}`;
      line.stay(`${place} ${training} val_loss ${validationLoss.toFixed(4)} val_acc ${validationAccuracy.toFixed(4)}`);
    },
  };
}

function pace(msPerStep: number): string {
  return `${msPerStep.toFixed(msPerStep < 10 ? 1 : 0)} ms/step`;
}
