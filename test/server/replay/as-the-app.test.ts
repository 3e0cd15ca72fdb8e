/** What a replay calls a device answers as the app does. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FastLearning } from '../../../client/recognition/fast-learning.ts';
import { answersFrom, headOf } from '../../../client/recognition/live-model.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
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
    for (const picture of pool.filter((_, i) => i % 5 === 0)) {
      const label = labels[picture]!;
      await device.correct({ picture, label });
      const [embedding] = await base.embeddings([picture]);
      const event = newEventId();
      const record = { event, sample: newSampleId(), label: course.keyOf(label), jpeg: new Uint8Array() };
      app.learn([{ record, embedding: embedding! }]);
    }
    const guesses = await device.guess(test);
    const embeddings = await base.embeddings(test);
    const answers = embeddings.map((one) => answersFrom(base.model, app.head!.labels, app.head!.logits(one)));
    await base.dispose();
    expect(guesses.map(({ known }) => known)).toEqual(answers.map(({ known }) => known));
    expect(guesses.map(({ label }) => label)).toEqual(answers.map(({ answers: [best] }) => course.classOf(best!.key)));
    guesses.forEach(({ probabilities }, i) => {
      expect(probabilities[0]).toBeCloseTo(answers[i]!.answers[0]!.probability, 5);
    });
  });
});
