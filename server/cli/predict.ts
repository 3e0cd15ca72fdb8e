/** `occhio predict`: says what pictures show, as text and drawn on the pictures. */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { softmax, topK } from '../../protocol/learning/metrics.ts';
import type { OpenedModel } from '../models/open-model.ts';
import { openModel } from '../models/open-model.ts';
import { replaceFile } from '../models/replace-file.ts';
import { percent } from '../report/percent.ts';
import { predictionGrid } from '../report/prediction-grid.ts';
import type { Guess } from '../report/prediction-grid.ts';
import { ProgressLine, bar } from '../report/progress-line.ts';
import { canDrawText, noFontText } from '../report/svg-text.ts';
import { openFolder, openPaths } from '../training/dataset/folder-source.ts';
import { loadPictures } from '../training/dataset/load-pictures.ts';
import { isPicture } from '../training/dataset/picture-source.ts';
import type { PictureSource } from '../training/dataset/picture-source.ts';
import { recognise } from '../training/fit/recognise.ts';
import { pictureAt } from '../training/pictures.ts';
import { BadInput } from '../bad-input.ts';
import { wholeNumber } from './options.ts';

type PredictOptions = { readonly model: string; readonly out: string; readonly threads: number };

/** More would be too large to look at. */
const maxTiles = 400;
const tileSide = 240;
const guessesShown = 3;

export function predictCommand(): Command {
  return new Command('predict')
    .description('Names what pictures show: the three likeliest labels of each, as text and drawn in a grid.')
    .argument('<image...>', 'pictures, or folders of pictures')
    .requiredOption('--model <path>', 'folder of a saved model')
    .option('--out <grid.png>', 'where to draw the pictures with their labels, in a grid', 'predictions.png')
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(predict);
}

async function predict(paths: readonly string[], options: PredictOptions): Promise<void> {
  const model = await openModel(options.model);
  const files = (await Promise.all(paths.map(picturesAt))).flat();
  const line = new ProgressLine(process.stdout);
  const source = openPaths(files);
  const logits = await recognise(model, source, files, {
    threads: options.threads,
    onPicture: (done, of) => {
      line.pass(`reading pictures ${bar(done / of)} ${String(done)}/${String(of)}`);
    },
  });
  const guesses = logits.map((outputs) => likeliest(outputs, model));
  files.forEach((file, i) => {
    const said = (guesses[i] ?? []).map(({ name, probability }) => `${name} ${percent(probability)}`);
    line.stay(`${file}: ${said.join(', ')}`);
  });
  await writeGrid(options.out, source, guesses);
  const shown = files.length > maxTiles ? ` (the first ${String(maxTiles)} of ${String(files.length)})` : '';
  line.stay(`drawn in ${options.out}${shown}`);
  if (!(await canDrawText())) line.stay(`It has no text. ${noFontText}`);
}

async function picturesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new BadInput(`Expected a picture or a folder of pictures at ${path}: ${String(cause)}`);
  });
  if (!found.isDirectory()) return [path];
  const pictures = (await openFolder(path)).files.filter(isPicture);
  if (pictures.length === 0) throw new BadInput(`${path} has no pictures; expected JPEG, PNG or WebP files.`);
  return pictures.map((file) => join(path, file));
}

function likeliest(logits: Float32Array, { labels, temperature }: OpenedModel): readonly Guess[] {
  const probabilities = softmax(logits, temperature);
  return topK(probabilities, guessesShown).map((i) => ({
    name: labels[i]?.names.en ?? '',
    probability: probabilities[i] ?? NaN,
  }));
}

async function writeGrid(out: string, source: PictureSource, guesses: readonly (readonly Guess[])[]): Promise<void> {
  const pictures = await loadPictures(source, source.files.slice(0, maxTiles), { side: tileSide });
  const tiles = guesses.slice(0, maxTiles).map((picture, i) => ({ pixels: pictureAt(pictures, i), guesses: picture }));
  await replaceFile(out, await predictionGrid(tiles)).catch((cause: unknown) => {
    throw new BadInput(`${out} cannot be written: ${String(cause)}`);
  });
}
