/** Where this device's corrections are on their way: queued → sent → training → checked → live. Pure. */
import type { Report } from '../../protocol/messages/report.ts';
import type { TrainStatus } from '../../protocol/messages/train-status.ts';

export type Progress =
  /** Kept on the device: nobody has agreed that they leave it. */
  | { readonly kind: 'kept-here'; readonly count: number }
  | { readonly kind: 'queued'; readonly count: number }
  | { readonly kind: 'sending'; readonly count: number }
  | { readonly kind: 'sent'; readonly corrections: number }
  /** `done` from 0 to 1. */
  | { readonly kind: 'training'; readonly done: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused'; readonly version: number }
  | { readonly kind: 'live'; readonly version: number }
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-model' };

export type Situation = {
  readonly queued: number;
  readonly consent: boolean;
  readonly linked: boolean;
  readonly training: TrainStatus['status'];
  /** Of the last round, while this app has been open. */
  readonly report: Report | null;
  /** Version that labels frames here; null when there is none. */
  readonly live: number | 'loading' | null;
};

export function progressOf({ queued, consent, linked, training, report, live }: Situation): Progress {
  if (queued > 0 && !consent) return { kind: 'kept-here', count: queued };
  if (queued > 0) return { kind: linked ? 'sending' : 'queued', count: queued };
  if (linked && training.kind !== 'idle') return progressOfTraining(training);
  if (report?.verdict === 'refused') return { kind: 'refused', version: report.version };
  if (live === 'loading') return { kind: 'loading' };
  return live === null ? { kind: 'no-model' } : { kind: 'live', version: live };
}

function progressOfTraining(training: Exclude<TrainStatus['status'], { kind: 'idle' }>): Progress {
  switch (training.kind) {
    case 'queued':
      return { kind: 'sent', corrections: training.corrections };
    case 'training':
      return { kind: 'training', done: training.steps > 0 ? training.step / training.steps : 0 };
    case 'checking':
      return { kind: 'checking' };
    case 'failed':
      return { kind: 'failed' };
    default:
      return training satisfies never;
  }
}
