/** `occhio train`: trains a network on a folder per class, draws its curve and saves it. */
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { BackboneName } from '../../protocol/learning/backbones/backbones.ts';
import { ProgressLine, bar } from '../report/progress-line.ts';
import { writeJson } from '../report/json-file.ts';
import { saveTraining } from '../report/save-training.ts';
import { stageFolder } from '../report/staged-folder.ts';
import type { StagedFolder } from '../report/staged-folder.ts';
import { canDrawText, noFontText } from '../report/svg-text.ts';
import { trainingProgress } from '../report/training-progress.ts';
import { augmentations } from '../training/augment.ts';
import type { AugmentationName } from '../training/augment.ts';
import { openDataset } from '../training/dataset/open-dataset.ts';
import type { Dataset } from '../training/dataset/open-dataset.ts';
import { fit } from '../training/fit/fit.ts';
import { probeHead } from '../training/fit/probe-head.ts';
import { recipes } from '../training/fit/recipes.ts';
import { keptSide, loadTrainingData } from '../training/fit/training-data.ts';
import { NotFiniteError } from '../training/trainer.ts';
import { createWasmTrainer } from '../training/wasm/wasm-trainer.ts';
import { BadInput } from './bad-input.ts';
import { Interrupted, interruptedExitCode, interruptible } from './interruption.ts';
import { positiveNumber, wholeNumber } from './options.ts';

type TrainOptions = {
  readonly model: BackboneName;
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly lr?: number;
  readonly seed: number;
  readonly augment?: AugmentationName;
  readonly split?: string;
  readonly splitColumn: string;
  readonly out?: string;
  readonly json?: string;
  readonly threads: number;
};

export function trainCommand(): Command {
  return new Command('train')
    .description('Trains a network on pictures, one folder per class, and saves it with its curve.')
    .argument('<dir|zip>', 'pictures in <class>/ or {train,validation,test}/<class>/')
    .addOption(new Option('--model <name>', 'which network').choices(Object.keys(recipes)).default('mobile'))
    .option('--epochs <n>', 'how often to go on and validate (talk 5, mobile 10)', wholeNumber(1, 10_000))
    .option('--steps <n>', 'batches an epoch (default: once through the pictures)', wholeNumber(1, 1_000_000))
    .option('--batch <n>', 'pictures a step (default: 32)', wholeNumber(1, 256))
    .option('--lr <rate>', 'learning rate, or its peak (talk 0.001, mobile 0.0003)', positiveNumber)
    .option('--seed <n>', 'makes a run repeatable', wholeNumber(0, 2 ** 31), 1)
    .addOption(new Option('--augment <recipe>', 'random views of the pictures').choices(Object.keys(augmentations)))
    .option(
      '--split <csv>',
      'which picture is for what: a file here or in the dataset, with the columns file and split',
    )
    .option('--split-column <name>', 'the column to read in place of split', 'split')
    .option('--out <dir>', 'where to save (default: <model>-<dataset> here)')
    .option('--json <file>', 'write settings and history there too')
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(async (path: string, options: TrainOptions) => {
      const out = options.out ?? `${options.model}-${basename(path).replace(/\.zip$/i, '')}`;
      const stage = await stageFolder(out);
      try {
        await interruptible((signal) => train(path, { ...options, out }, stage, signal));
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        process.stderr.write('\nStopped; nothing was saved.\n');
        process.exitCode = interruptedExitCode;
      } finally {
        await stage.discard();
      }
    });
}

async function train(
  path: string,
  options: TrainOptions & { readonly out: string },
  stage: StagedFolder,
  signal: AbortSignal,
): Promise<void> {
  const dataset = await openDataset(path, { file: options.split, column: options.splitColumn });
  try {
    await trainOn(dataset, options, stage, signal);
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    throw new BadInput('The loss is no longer a number: the learning rate is too high; try a tenth of it with --lr.');
  } finally {
    dataset.source.close();
  }
}

async function trainOn(
  dataset: Dataset,
  options: TrainOptions & { readonly out: string },
  stage: StagedFolder,
  signal: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  const { model: name, seed, out, json } = options;
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
  const { labels, parts } = data;
  const pictures = { train: data.train.length, validation: data.validation.length };
  const batchSize = Math.min(options.batch ?? recipe.batchSize, pictures.train);
  const settings = {
    model: name,
    seed,
    epochs: options.epochs ?? recipe.epochs,
    stepsPerEpoch: options.steps ?? Math.ceil(pictures.train / batchSize),
    batchSize,
    rate: options.lr ?? recipe.rate,
    augmentation: options.augment ?? recipe.augmentation,
    threads: options.threads,
  };
  const { weights } = recipe.probe ? await probeHead(start, data, { ...settings, signal }) : start;
  const losses = [{ layer: spec.head, kind: 'softmaxCrossEntropy', weight: 1 }] as const;
  const trainer = await createWasmTrainer(
    { spec, weights, batchSize, losses, optimizer: recipe.optimizer },
    { threads: options.threads },
  );
  try {
    line.stay(
      `${String(labels.length)} classes, ${String(pictures.train)} pictures to train, ${String(pictures.validation)} to validate`,
    );
    line.stay(`${name} on ${trainer.backend}, ${String(batchSize)} pictures a step`);
    const run = {
      ...data,
      ...settings,
      spec,
      labels: labels.length,
      learningRate: recipe.schedule(settings.rate),
      signal,
    };
    const history = await fit(trainer, run, trainingProgress(line, settings));
    const seconds = (performance.now() - begun) / 1000;
    const record = {
      settings,
      backend: trainer.backend,
      labels: labels.map(({ key }) => key),
      pictures,
      history,
      seconds,
    };
    const title = `${name} · ${basename(dataset.source.name)}`;
    await saveTraining(stage.dir, { title, model: { spec, labels, weights: await trainer.weights() }, record, parts });
    signal.throwIfAborted();
    await stage.publish();
    if (json !== undefined) await writeJson(json, record);
    if (!(await canDrawText())) line.stay(`curve.png has no text. ${noFontText}`);
    line.stay(`saved in ${out}: model.json, weights.bin, curve.svg, curve.png, history.json, split.csv`);
  } finally {
    await trainer.dispose();
  }
}
