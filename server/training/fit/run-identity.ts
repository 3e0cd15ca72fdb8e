/** What may not change between the parts of a run that is to end as if it had never stopped. */
import { createHash } from 'node:crypto';
import type { RunIdentity } from './checkpoint-file.ts';
import type { RunSettings } from './run-settings.ts';
import type { TrainingData } from './training-data.ts';

/** In the order in which a difference explains those after it: another seed holds other pictures out. */
export function runIdentity(settings: RunSettings, data: TrainingData): RunIdentity {
  return {
    '--model': settings.model,
    '--seed': String(settings.seed),
    '--epochs': String(settings.epochs),
    '--lr': String(settings.rate),
    '--augment': settings.augmentation,
    labels: data.labels.map(({ key }) => key).join(', '),
    pictures: `${String(data.labelOf.length)} (SHA-256 ${fingerprint(data)})`,
    '--batch': String(settings.batchSize),
    '--steps': String(settings.stepsPerEpoch),
  };
}

/** The pictures as they were decoded, what each shows and is for. */
function fingerprint({ pictures, labelOf, parts }: TrainingData): string {
  const hash = createHash('sha256').update(JSON.stringify([...parts]));
  for (const values of [labelOf, pictures.widths, pictures.heights, pictures.bytes]) hash.update(values);
  return hash.digest('hex').slice(0, 16);
}
