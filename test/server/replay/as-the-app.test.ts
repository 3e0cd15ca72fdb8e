/** What a replay calls a device answers as the app does. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Embedded } from '../../../client/recognition/fast-learning.ts';
import { FastLearning } from '../../../client/recognition/fast-learning.ts';
import { adaptedAnswersFrom, everything } from '../../../client/recognition/live-model.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import { headOf } from '../../../protocol/learning/heads/base-head.ts';
import { courseOf, methods } from '../../../server/replay/methods.ts';
import { Version } from '../../../server/replay/version.ts';
import type { DrawnReplay } from './drawn-replay.ts';
import { drawnReplay } from './drawn-replay.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let drawn: DrawnReplay;
beforeAll(async () => {
  drawn = await drawnReplay();
});
afterAll(() => drawn.remove());

describe('a device of a replay', () => {
  it("gives the app's answers after the same corrections", async () => {
    const { material } = drawn;
    const { pool, test, labels } = material.set;
    const base = await Version.of(material.backbone.model, material);
    const course = courseOf(material, base, 1);
    const device = methods['occhio-device'](course);
    const app = new FastLearning(
      headOf(base.model),
      { mean: base.model.meanEmbedding, temperature: base.model.temperature },
      [],
    );
    const embedded = async (picture: number, label: number): Promise<Embedded> => {
      const [seen] = await base.seen([picture]);
      const ids = { event: newEventId(), sample: newSampleId() };
      const record = { ...ids, label: course.keyOf(label), jpeg: new Uint8Array() };
      return { record, seen: seen! };
    };
    for (const picture of pool.filter((_, i) => i % 5 === 0)) {
      const label = labels[picture]!;
      await device.correct({ picture, label });
      app.learn([await embedded(picture, label)]);
    }
    for (const picture of pool.filter((_, i) => i % 5 === 1)) {
      const label = labels[picture]!;
      await device.leave({ picture, label });
      const unsaid = await embedded(picture, label);
      if (app.head!.isNews(unsaid.seen, course.keyOf(label)))
        app.learn([{ ...unsaid, record: { ...unsaid.record, unsaid: true } }]);
    }
    const guesses = await device.guess(test);
    const seen = await base.seen(test);
    const answers = seen.map((one) => adaptedAnswersFrom(base.model, app.head!, one, everything));
    await base.dispose();
    expect(guesses.map(({ known }) => known)).toEqual(answers.map(({ known }) => known));
    expect(guesses.map(({ label }) => label)).toEqual(answers.map(({ answers: [best] }) => course.classOf(best!.key)));
    guesses.forEach(({ probabilities }, i) => {
      expect(probabilities[0]).toBeCloseTo(answers[i]!.answers[0]!.probability, 5);
    });
  });
});
