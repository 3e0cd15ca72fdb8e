/** One run of `occhio train` on an opened dataset, from decoding its pictures to the saved model. */
import { basename } from 'node:path';
import { ProgressLine, bar, duration } from '../report/progress-line.ts';
import { writeJson } from '../report/json-file.ts';
import { percent } from '../report/percent.ts';
import { saveTraining } from '../report/save-training.ts';
import type { TrainingRecord } from '../report/save-training.ts';
import { stageFolder } from '../report/staged-folder.ts';
import { canDrawText, noFontText } from '../report/svg-text.ts';
import { trainingProgress } from '../report/training-progress.ts';
import { createTrainer } from '../training/backends.ts';
import type { Runtime } from '../training/backends.ts';
import type { Dataset } from '../training/dataset/open-dataset.ts';
import { CheckpointFile } from '../training/fit/checkpoint-file.ts';
import { cosineRate } from '../training/fit/learning-rate.ts';
import { probeHead } from '../training/fit/probe-head.ts';
import { recipes } from '../training/fit/recipes.ts';
import { runIdentity } from '../training/fit/run-identity.ts';
import { runSettings } from '../training/fit/run-settings.ts';
import type { AskedSettings, RunSettings } from '../training/fit/run-settings.ts';
import { runTraining } from '../training/fit/run-training.ts';
import type { FinishedRun, Run } from '../training/fit/run-training.ts';
import { keptSide, loadTrainingData } from '../training/fit/training-data.ts';
import type { TrainingData } from '../training/fit/training-data.ts';
import { NotFiniteError } from '../training/trainer.ts';
import { BadInput } from '../bad-input.ts';

export type TrainOnOptions = AskedSettings &
  Runtime & {
    readonly out: string;
    /** The checkpoint's path. */
    readonly checkpoint: string;
    readonly json?: string;
    readonly resume: boolean;
    readonly signal: AbortSignal;
  };

/** Rejects with BadInput for data, settings or places that cannot be used, and with the signal's reason once it is aborted. */
export async function trainOn(dataset: Dataset, options: TrainOnOptions): Promise<void> {
  const { model: name, seed, threads, backend, signal } = options;
  const recipe = recipes[name];
  const line = new ProgressLine(process.stdout);
  const start = await recipe.start(dataset.arrangement.labels.length, seed);
  const { spec } = start;
  const data = await loadTrainingData(dataset, {
    side: keptSide(spec),
    seed,
    signal,
    onPicture: (done, of) => {
      line.pass(`reading pictures ${bar(done / of)} ${String(done)}/${String(of)}`);
    },
  });
  const { train, validation, labels } = data;
  const settings = runSettings(options, train.length);
  const { batchSize } = settings;
  const checkpoint = new CheckpointFile(options.checkpoint, runIdentity(settings, data));
  if (options.resume) await checkpoint.read(); // Refuses another run's before anything is computed.
  line.stay(
    `${String(labels.length)} classes, ${String(train.length)} pictures to train, ${String(validation.length)} to validate, ${String(batchSize)} a step`,
  );
  // A resumed run has its weights from the checkpoint.
  const { weights } = recipe.probe && !options.resume ? await probeHead(start, data, { seed, threads, signal }) : start;
  const losses = [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }] as const;
  const learningRate = cosineRate(settings.rate);
  const finished = await runToTheEnd({
    trainer: { spec, weights, batchSize, losses, optimizer: recipe.optimizer },
    runtime: { backend, threads },
    fit: { ...data, ...settings, spec, labels: labels.length, learningRate, signal },
    checkpoint,
    createTrainer,
    observer: {
      ...trainingProgress(line, settings),
      onEngine: (text) => {
        line.stay(`${name}: ${text}`);
      },
    },
  });
  const title = `${name} · ${basename(dataset.source.name)}`;
  const record = recordOf(finished, { settings, threads, data });
  const model = { spec, labels, weights: finished.weights };
  await stageFolder(options.out, async (dir) => {
    await saveTraining(dir, { title, model, record, parts: data.parts });
    signal.throwIfAborted();
  });
  await checkpoint.remove();
  if (options.json !== undefined) await writeJson(options.json, record);
  await sayEnd(line, record, options.out);
}

async function runToTheEnd(run: Run): Promise<FinishedRun> {
  try {
    return await runTraining(run);
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    await run.checkpoint.remove(); // From there it would end the same way.
    throw new BadInput('The loss is no longer a number: the learning rate is too high; try a tenth of it with --lr.');
  }
}

async function sayEnd(line: ProgressLine, { history, seconds, inputWait }: TrainingRecord, out: string): Promise<void> {
  const epochs = `${String(history.length)} ${history.length === 1 ? 'epoch' : 'epochs'}`;
  if (!(await canDrawText())) line.stay(`curve.png has no text. ${noFontText}`);
  line.stay(`${epochs} in ${duration(seconds * 1000)}, input waited ${percent(inputWait)}`);
  line.stay(`saved in ${out}: model.json, weights.bin, curve.svg, curve.png, history.json, split.csv`);
}

function recordOf(
  { history, engines }: FinishedRun,
  {
    settings,
    threads,
    data,
  }: { readonly settings: RunSettings; readonly threads: number; readonly data: TrainingData },
): TrainingRecord {
  const sum = (of: (epoch: (typeof history)[number]) => number): number =>
    history.reduce((total, epoch) => total + of(epoch), 0);
  return {
    settings: { ...settings, threads },
    backend: engines.join(', then '),
    labels: data.labels.map(({ key }) => key),
    pictures: { train: data.train.length, validation: data.validation.length },
    history,
    seconds: sum(({ seconds }) => seconds),
    inputWait: sum(({ waitMsPerStep }) => waitMsPerStep) / sum(({ msPerStep }) => msPerStep),
  };
}
