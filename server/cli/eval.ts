/** `occhio eval`: judges a model on labelled pictures. */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { Label } from '../../protocol/learning/labels.ts';
import { labelKey } from '../../protocol/learning/labels.ts';
import { softmax } from '../../protocol/learning/metrics.ts';
import { openModel } from '../models/open-model.ts';
import { writeJson } from '../report/json-file.ts';
import { judge, judgementText } from '../report/judgement.ts';
import { ProgressLine, bar } from '../report/progress-line.ts';
import type { Arrangement, Example, Part } from '../training/dataset/arrangement.ts';
import { openDataset } from '../training/dataset/open-dataset.ts';
import { recognise } from '../training/fit/recognise.ts';
import { BadInput } from '../bad-input.ts';
import { wholeNumber } from './options.ts';

type EvalOptions = {
  readonly model: string;
  readonly split?: string;
  readonly splitColumn: string;
  readonly json?: string;
  readonly threads: number;
};

export function evalCommand(): Command {
  return new Command('eval')
    .description('Judges a model: accuracy, precision and recall of each class, what was taken for what, calibration.')
    .argument('<dir|zip>', 'pictures in <class>/ (all are taken) or {test,validation}/<class>/')
    .requiredOption('--model <path>', 'folder of a saved model')
    .option('--split <csv>', 'take the pictures that this file marks as test or validation')
    .option('--split-column <name>', 'the column to read in place of split', 'split')
    .option('--json <file>', 'write the figures there too')
    .option('--threads <n>', 'threads to compute with', wholeNumber(1, 64), availableParallelism())
    .action(evaluate);
}

async function evaluate(path: string, options: EvalOptions): Promise<void> {
  const model = await openModel(options.model);
  const line = new ProgressLine(process.stdout);
  const { source, arrangement } = await openDataset(path, { file: options.split, column: options.splitColumn });
  try {
    const outputOf = matchLabels(arrangement.labels, model.labels);
    const { part, examples } = examplesToJudge(arrangement);
    const logits = await recognise(
      model,
      source,
      examples.map(({ file }) => file),
      {
        threads: options.threads,
        onPicture: (done, of) => {
          line.pass(`reading pictures ${bar(done / of)} ${String(done)}/${String(of)}`);
        },
      },
    );
    const judgement = judge(
      logits.map((outputs) => softmax(outputs, model.temperature)),
      examples.map(({ label }) => outputOf[label] ?? NaN),
      model.labels,
    );
    line.stay(`${options.model} on the ${part} pictures of ${source.name}`);
    process.stdout.write(judgementText(judgement));
    if (options.json !== undefined) await writeJson(options.json, { part, ...judgement });
  } finally {
    source.close();
  }
}

/** Pictures that a split holds back for judging, the test before the validation ones; all where nothing is held back. */
function examplesToJudge({ examples }: Arrangement): {
  readonly part: Part | 'labelled';
  readonly examples: readonly Example[];
} {
  for (const part of ['test', 'validation'] as const) {
    const held = examples.filter((example) => example.part === part);
    if (held.length > 0) return { part, examples: held };
  }
  return { part: 'labelled', examples };
}

/** The model's output for each class of the data, found by key or by a name. Throws BadInput for classes that it does not know. */
function matchLabels(classes: readonly Label[], outputs: readonly Label[]): readonly number[] {
  const byText = new Map<string | undefined, number>();
  outputs.forEach(({ names }, i) => {
    for (const name of [names.en, names.it]) if (!byText.has(labelKey(name))) byText.set(labelKey(name), i);
  });
  outputs.forEach(({ key }, i) => byText.set(key, i));
  const unknown = classes.filter(({ key }) => !byText.has(key));
  if (unknown.length > 0)
    throw new BadInput(
      `The model has no label for ${listed(unknown)}; it knows ${listed(outputs)}. Rename the folders or choose the model that was trained on them.`,
    );
  return classes.map(({ key }) => byText.get(key) ?? NaN);
}

function listed(labels: readonly Label[]): string {
  const shown = labels.slice(0, 8).map(({ key }) => key);
  return shown.join(', ') + (labels.length > shown.length ? ` and ${String(labels.length - shown.length)} more` : '');
}
