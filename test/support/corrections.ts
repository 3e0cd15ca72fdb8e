/** Corrections as the app puts them into its outbox. */
import { newBurstId, newEventId, newSampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';

/** A sample and the label event that says what it shows. Its picture is no picture: for tests that do not look. */
export function newCorrection(label: string | null): readonly [Sample, LabelEvent] {
  const id = newSampleId();
  return [
    {
      type: 'sample',
      id,
      capturedAtMs: 1_700_000_000_000,
      burst: newBurstId(),
      reason: 'corrected',
      prediction: null,
      jpeg: Uint8Array.of(1, 2, 3),
      checksum: new Uint8Array(32),
    },
    { type: 'label-event', kind: 'label', id: newEventId(), sample: id, label, atMs: 1_700_000_000_000 },
  ];
}
