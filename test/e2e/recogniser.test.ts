/** The recogniser in a real browser: swaps, the self-test, and what the device learns by itself. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openModule } from '../support/browser-page.ts';

const entry = fileURLToPath(new URL('pages/recogniser-page.ts', import.meta.url));

it('swaps a hundred times without leaking a tensor, and always answers with the live version', async () => {
  const page = await openModule(entry);
  const { counts, wrong } = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look } = window.tools;
    const recogniser = await newRecogniser();
    const hashes = [await keep(newModel(1)), await keep(newModel(2))] as const;
    const first = await recogniser.show(hashes[0], null);
    if (first.kind !== 'live') throw new Error(first.why);
    const counts = [recogniser.tensors()];
    let wrong = 0;
    for (let swap = 1; swap <= 100; swap++) {
      const hash = hashes[swap % 2] ?? hashes[0];
      // Frames go on while the new version is being loaded.
      const [, before] = await Promise.all([recogniser.show(hash, first.choice), look(recogniser, swap)]);
      const after = await look(recogniser, swap);
      if (!hashes.includes(before.model) || after.model !== hash) wrong++;
      counts.push(recogniser.tensors());
    }
    return { counts, wrong };
  });
  expect(wrong).toBe(0);
  expect(new Set(counts).size).toBe(1);
});

it('keeps the live version when a new one computes other numbers than its probes say', async () => {
  const page = await openModule(entry);
  await page.route('**/models/*', (route) => route.fulfill({ body: 'another file' }));
  const { shown, tensors, live, wrongHash } = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look } = window.tools;
    const recogniser = await newRecogniser();
    const good = await keep(newModel(1));
    const first = await recogniser.show(good, null);
    const before = recogniser.tensors();
    const choice = first.kind === 'live' ? first.choice : null;
    const shown = await recogniser.show(await keep(newModel(2, { broken: true })), choice);
    const wrongHash = await recogniser.fetch(good);
    const live = (await look(recogniser, 1)).model === good;
    return { shown, wrongHash, live, tensors: [before, recogniser.tensors()] };
  });
  expect(shown).toEqual({ kind: 'rejected', why: 'The self-test found other numbers than the hub.' });
  expect(wrongHash).toMatchObject({ kind: 'rejected', why: expect.stringContaining('hash') as string });
  expect(live).toBe(true);
  expect(tensors[1]).toBe(tensors[0]);
});

it('answers with the nine things of the talk and what people named, when it is told to', async () => {
  const page = await openModule(entry);
  const story = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look, correct } = window.tools;
    const recogniser = await newRecogniser();
    await recogniser.show(await keep(newModel(1, { favourite: 'bowl' })), null);
    const all = await look(recogniser, 7);
    recogniser.useLabels('talk', []);
    const nine = await look(recogniser, 7);
    recogniser.useLabels('talk', ['bowl']);
    const own = await look(recogniser, 7);
    recogniser.useLabels('talk', []);
    const event = await correct(recogniser, 7, 'grandma’s mug');
    const learned = await look(recogniser, 7);
    await recogniser.forget([event]);
    return { all, nine, own, learned };
  });
  expect(story.all.answers[0]?.key).toBe('bowl');
  expect(story.nine.answers).toHaveLength(5);
  expect(story.nine.answers.map(({ key }) => key)).not.toContain('bowl');
  expect(story.nine.known).toBe(false);
  expect(story.own).toMatchObject({ known: true, answers: [{ key: 'bowl' }, {}, {}, {}, {}] });
  expect(story.learned.answers[0]?.key).toBe('grandma’s mug');
});

it('is right on a corrected picture from the next frame on, also after a restart, until it is taken back', async () => {
  const page = await openModule(entry);
  const story = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look, correct } = window.tools;
    const recogniser = await newRecogniser();
    const hash = await keep(newModel(1));
    await recogniser.show(hash, null);
    const best = async (of = recogniser): Promise<string> => (await look(of, 7)).answers[0]?.key ?? '';
    const before = await best();
    const startMs = performance.now();
    const event = await correct(recogniser, 7, 'grandma’s mug');
    const ms = performance.now() - startMs;
    const learned = await best();
    recogniser.useAdapted(false);
    const without = await best();
    const restarted = await newRecogniser();
    await restarted.show(hash, null);
    const again = await best(restarted);
    await restarted.forget([event]);
    const undone = await best(restarted);
    return { before, learned, without, again, undone, ms };
  });
  expect(story).toMatchObject({
    learned: 'grandma’s mug',
    again: 'grandma’s mug',
    without: story.before,
    undone: story.before,
  });
});

it('keeps its corrections when a new version comes, also what that knows by itself', async () => {
  const page = await openModule(entry);
  const { left, known, after } = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look, correct, remembered } = window.tools;
    const recogniser = await newRecogniser();
    const shown = await recogniser.show(await keep(newModel(1)), null);
    await correct(recogniser, 7, 'spoon');
    await correct(recogniser, 8, 'grandma’s mug');
    const choice = shown.kind === 'live' ? shown.choice : null;
    await recogniser.show(await keep(newModel(2, { favourite: 'spoon' })), choice);
    const [known, after] = [(await look(recogniser, 7)).answers[0]?.key, (await look(recogniser, 8)).answers[0]?.key];
    return { left: await remembered(), known, after };
  });
  expect([...left].sort()).toEqual(['grandma’s mug', 'spoon']);
  expect(known).toBe('spoon');
  expect(after).toBe('grandma’s mug');
});

it('learns a correction while it still looks at what it learned before with a new version', async () => {
  const page = await openModule(entry);
  const { order, model, answer, hash } = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look, correct } = window.tools;
    const recogniser = await newRecogniser();
    const shown = await recogniser.show(await keep(newModel(1)), null);
    for (let seed = 0; seed < 60; seed++) await correct(recogniser, seed, `thing ${String(seed % 5)}`);
    const hash = await keep(newModel(2));
    const order: string[] = [];
    const done = (what: string) => (): void => void order.push(what);
    await Promise.all([
      recogniser.show(hash, shown.kind === 'live' ? shown.choice : null).then(done('shown')),
      correct(recogniser, 60, 'spoon').then(done('learned')),
    ]);
    const { model, answers } = await look(recogniser, 60);
    return { order, model, answer: answers[0]?.key, hash };
  });
  expect(order).toEqual(['learned', 'shown']);
  expect(model).toBe(hash);
  expect(answer).toBe('spoon');
});

it('makes a version from its parent and a delta, and refuses a delta without its parent', async () => {
  const page = await openModule(entry);
  const { patched, shown, live, orphan } = await page.evaluate(async () => {
    const { newRecogniser, newModel, newDelta, keep, look } = window.tools;
    const recogniser = await newRecogniser();
    const parentFile = newModel(1);
    const parent = await keep(parentFile);
    const { delta, child } = await newDelta(parentFile, 2);
    const patched = await recogniser.patch(child, parent, delta);
    const shown = await recogniser.show(child, null);
    const live = (await look(recogniser, 1)).model === child;
    await recogniser.keepOnly([child]);
    const orphan = await recogniser.patch(child, parent, delta);
    return { patched, shown: shown.kind, live, orphan };
  });
  expect(patched).toEqual({ kind: 'kept' });
  expect(shown).toBe('live');
  expect(live).toBe(true);
  expect(orphan).toMatchObject({ kind: 'rejected' });
});

it('knows nothing with a backbone that knows no label, until it is told, and then that alone', async () => {
  const page = await openModule(entry);
  const story = await page.evaluate(async () => {
    const { newRecogniser, newModelWithoutLabels, keep, look, correct } = window.tools;
    const recogniser = await newRecogniser();
    const broken = await recogniser.show(await keep(newModelWithoutLabels(1, { broken: true })), null);
    const shown = await recogniser.show(await keep(newModelWithoutLabels(1)), null);
    const before = await look(recogniser, 7);
    await correct(recogniser, 7, 'grandma’s mug');
    const [one, afterOne] = [await look(recogniser, 7), recogniser.tensors()];
    await correct(recogniser, 8, 'my keys');
    const [both, afterBoth] = [[await look(recogniser, 7), await look(recogniser, 8)], recogniser.tensors()];
    return { broken, shown: shown.kind, before, one, both, leaked: afterBoth - afterOne };
  });
  expect(story.broken).toMatchObject({ kind: 'rejected' });
  expect(story.shown).toBe('live');
  expect(story.before).toMatchObject({ known: false, answers: [] });
  expect(story.one).toMatchObject({ known: true, answers: [{ key: 'grandma’s mug' }] });
  expect(story.both.map(({ known, answers }) => [known, answers[0]?.key])).toEqual([
    [true, 'grandma’s mug'],
    [true, 'my keys'],
  ]);
  expect(story.leaked).toBe(0);
});

it('finds the question that a correction of the same picture answers, before and after a new version', async () => {
  const page = await openModule(entry);
  const story = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look, correct, question } = window.tools;
    const recogniser = await newRecogniser();
    const shown = await recogniser.show(await keep(newModel(1)), null);
    const asked = await question(recogniser, 7);
    const before = await recogniser.answered();
    await correct(recogniser, 7, 'grandma’s mug');
    const after = await recogniser.answered();
    await recogniser.show(await keep(newModel(2)), shown.kind === 'live' ? shown.choice : null);
    await look(recogniser, 7);
    return { asked, before, after, later: await recogniser.answered() };
  });
  expect(story.before).toEqual([]);
  expect(story.after).toEqual([story.asked]);
  expect(story.later).toEqual([story.asked]);
});

it('has looked at a frozen frame before it is told what it shows, but not with another version’s eyes', async () => {
  const page = await openModule(entry);
  const story = await page.evaluate(async () => {
    const { newRecogniser, newModel, keep, look, learnFrame } = window.tools;
    const recogniser = await newRecogniser();
    const first = await recogniser.show(await keep(newModel(1)), null);
    const [studied, other] = [await look(recogniser, 7), await look(recogniser, 8)];
    await recogniser.study(studied.frame);
    const unlike = await learnFrame(recogniser, other.frame, 'jug');
    const alike = await learnFrame(recogniser, studied.frame, 'mug');
    const answers = (await look(recogniser, 7)).answers;
    await recogniser.study((await look(recogniser, 9)).frame);
    const frozen = await look(recogniser, 10);
    await recogniser.study(frozen.frame);
    await recogniser.show(await keep(newModel(2)), first.kind === 'live' ? first.choice : null);
    return { unlike, alike, answers, swapped: await learnFrame(recogniser, frozen.frame, 'pan') };
  });
  expect(story.answers[0]?.key).toBe('mug');
  expect(story.unlike).toEqual([1, 2]);
  expect(story.alike).toEqual([2, 2]);
  const [before = NaN, after] = story.swapped;
  expect(after).toBe(before + 1);
});
