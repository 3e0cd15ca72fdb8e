/** What the incumbent and the candidate say to one picture: what the gate judges by. */
import type { SampleId } from '../../protocol/ids.ts';

export type Answer = {
  /** `check`: nobody trained on it, it judges. `taught`: a training sample, only shown in the report. */
  readonly use: 'check' | 'taught';
  /** Null for a record of the base's latent bank. */
  readonly sample: SampleId | null;
  /** The label that is right. */
  readonly label: string;
  readonly before: string;
  readonly after: string;
};
