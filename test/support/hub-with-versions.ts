/** A real hub whose room has a line of versions, as rounds would have left them: the shipped base, its child, a refused one. */
import { join } from 'node:path';
import { homeRoom, newSampleId } from '../../protocol/ids.ts';
import { decodeModel, encodeModel } from '../../protocol/learning/model-file.ts';
import type { Figures } from '../../protocol/messages/history.ts';
import type { Report } from '../../protocol/messages/report.ts';
import { ModelFolder } from '../../server/models/model-folder.ts';
import type { VersionRecord, VersionStore } from '../../server/store/version-store.ts';
import { createLearning } from '../../server/training/learning.ts';
import type { TestHub } from './test-hub.ts';
import { startTestHub } from './test-hub.ts';

export type HubWithVersions = {
  readonly hub: TestHub;
  readonly folder: ModelFolder;
  readonly base: VersionRecord;
  readonly child: VersionRecord;
  readonly refused: VersionRecord;
};

/** The picture of pink checks that the current version takes for yellow rows. */
export const mistaken = newSampleId();

const figures: Figures = {
  classes: [
    { label: 'yellow rows', taught: 16, n: 12, rightBefore: 0, rightAfter: 11, claimed: 13 },
    { label: 'pink checks', taught: 8, n: 4, rightBefore: 0, rightAfter: 3, claimed: 3 },
    { label: 'cup', taught: 0, n: 12, rightBefore: 10, rightAfter: 10, claimed: 12 },
    { label: 'bowl', taught: 0, n: 12, rightBefore: 11, rightAfter: 11, claimed: 12 },
    { label: 'apple', taught: 0, n: 12, rightBefore: 12, rightAfter: 12, claimed: 12 },
  ],
  confusions: [
    { label: 'cup', as: 'bowl', n: 1, samples: [] },
    { label: 'bowl', as: 'cup', n: 1, samples: [] },
    { label: 'cup', as: 'yellow rows', n: 1, samples: [] },
    { label: 'pink checks', as: 'yellow rows', n: 1, samples: [mistaken] },
    { label: 'yellow rows', as: 'cup', n: 1, samples: [] },
  ],
  curve: Array.from({ length: 31 }, (_, i) => ({
    step: 1 + 2 * i,
    loss: 0.15 + 2.6 * Math.exp(-i / 7) + 0.12 * Math.sin(i * 2.3),
    accuracy: Math.min(1, 1 - 0.85 * Math.exp(-i / 6)),
    held:
      i < 3
        ? null
        : {
            step: 1 + 6 * Math.floor(i / 3),
            loss: 0.4 + 2.4 * Math.exp(-i / 9),
            accuracy: 0.9 - 0.8 * Math.exp(-i / 8),
          },
    waiting: i < 12 ? 0 : i < 20 ? 3 : 8,
  })),
};

/** `app`: the built app that the hub serves. Stopped when the test has finished. */
export async function hubWithVersions(app?: string): Promise<HubWithVersions> {
  let versions: VersionStore | undefined;
  const hub = await startTestHub({
    ...(app !== undefined && { app }),
    createLearning(options) {
      versions = options.versions;
      return createLearning(options);
    },
  });
  const base = versions?.current(homeRoom);
  if (!versions || !base) throw new Error('A hub that runs has a base in its room.');
  const folder = new ModelFolder(join(hub.dataDir, 'models'));
  const model = decodeModel(await folder.read(base.model));
  // The same network under another hash: what devices check holds for both.
  const child: VersionRecord = {
    ...base,
    version: 2,
    model: await folder.write(encodeModel({ ...model, temperature: model.temperature * 1.01 })),
    parent: base.model,
    createdAtMs: base.createdAtMs + 60_000,
    figures,
    status: 'in-trial',
  };
  const report: Report = {
    type: 'report',
    model: child.model,
    parent: base.model,
    version: 2,
    verdict: 'in-trial',
    reasons: ['No class got worse beyond chance: 33 of 52 pictures right before, 47 after.'],
    fixes: Array.from({ length: 30 }, () => newSampleId()),
    breaks: [newSampleId()],
    classes: [{ label: 'yellow rows', n: 12, rightBefore: 0, rightAfter: 11 }],
    corrections: 24,
    deltaBytes: 168_300,
    seconds: 7.4,
  };
  const refused: VersionRecord = {
    ...child,
    version: 3,
    parent: child.model,
    status: 'refused',
    createdAtMs: base.createdAtMs + 120_000,
    figures: {
      ...figures,
      classes: figures.classes.map((one) => ({ ...one, rightAfter: one.label === 'cup' ? 3 : one.rightAfter })),
    },
    report: {
      ...report,
      version: 3,
      parent: child.model,
      verdict: 'refused',
      reasons: ['"cup" got worse: 10 of 12 pictures right before, 3 after.'],
      classes: [{ label: 'cup', n: 12, rightBefore: 10, rightAfter: 3 }],
    },
  };
  versions.promote({ ...child, report });
  versions.add(refused);
  return { hub, folder, base, child: { ...child, report }, refused };
}
