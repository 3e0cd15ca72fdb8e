/** The adapted head, on embeddings that the test draws: clusters around a common mean, as a network makes them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seenBy, seenOnce } from '../../../../protocol/learning/glances.ts';
import { adaptHead } from '../../../../protocol/learning/heads/adapted-head.ts';
import type { AdaptedHead } from '../../../../protocol/learning/heads/adapted-head.ts';
import type { BaseHead } from '../../../../protocol/learning/heads/base-head.ts';
import type { Example } from '../../../../protocol/learning/heads/examples.ts';
import { mostExamples, newest } from '../../../../protocol/learning/heads/examples.ts';
import { argMax, softmax } from '../../../../protocol/learning/metrics.ts';
import type { Random } from '../../../../protocol/learning/random.ts';
import { seededRandom, shuffled } from '../../../../protocol/learning/random.ts';

const d = 96;
const shipped = 40;

/** A head that knows things 0 to 39 of a world that has more, and pictures of all of them. */
function world(seed: number) {
  const random = seededRandom(seed);
  const mean = vector(random).map((value) => value + 2);
  const centres = Array.from({ length: shipped + 20 }, () => vector(random));
  const kernel = new Float32Array(d * shipped);
  const bias = new Float32Array(shipped);
  for (let label = 0; label < shipped; label++)
    for (let i = 0; i < d; i++) {
      const weight = (centres[label]?.[i] ?? 0) * 0.15;
      kernel[i * shipped + label] = weight;
      bias[label] = (bias[label] ?? 0) - weight * (mean[i] ?? 0);
    }
  const base: BaseHead = {
    kernel,
    bias,
    labels: Array.from({ length: shipped }, (_, i) => `thing ${String(i)}`),
    grown: new Set(),
  };
  const picture = (thing: number): Float32Array => {
    const noise = vector(random);
    return mean.map((value, i) => value + (centres[thing]?.[i] ?? 0) + 0.5 * (noise[i] ?? 0));
  };
  return { base, mean, picture };
}

/** `base` with one label more, which it is sure to see in everything. */
function withSureLabel({ kernel, bias, labels, grown }: BaseHead, label: string): BaseHead {
  const rows = Array.from({ length: d }, (_, i) => [...kernel.subarray(i * labels.length, (i + 1) * labels.length), 0]);
  return {
    kernel: Float32Array.from(rows.flat()),
    bias: Float32Array.of(...bias, 1000),
    labels: [...labels, label],
    grown,
  };
}

/** Each value of variance 1. */
function vector(random: Random): Float32Array {
  return Float32Array.from({ length: d }, () => (random.next() * 2 - 1) * Math.sqrt(3));
}

function answer(head: AdaptedHead, embedding: Float32Array): string | undefined {
  return head.labels[argMax(head.logits(seenOnce(embedding)))];
}

const nothing: readonly Example[] = [];

describe('the examples that make a head', () => {
  it('are the newest two hundred, what was said before what was not', () => {
    const said = Array.from({ length: 150 }, (_, i) => ({ i, unsaid: false }));
    const left = Array.from({ length: 90 }, (_, i) => ({ i: 1000 + i, unsaid: true }));
    const kept = newest([...left, ...said]);
    expect(kept).toHaveLength(200);
    expect(kept.filter(({ unsaid }) => !unsaid)).toEqual(said);
    expect(kept.at(-1)).toEqual({ i: 1089, unsaid: true });
    const more = Array.from({ length: 250 }, (_, i) => ({ i, unsaid: false }));
    expect(newest([...more, ...left])).toEqual(more.slice(50));
  });
});

describe('the adapted head', () => {
  it('is the shipped head while it has no examples', () => {
    const { base, mean, picture } = world(1);
    const head = adaptHead(base, nothing, { mean, temperature: 1 });
    expect(head.labels).toEqual(base.labels);
    const embedding = picture(3);
    head.logits(seenOnce(embedding)).forEach((logit, label) => {
      const expected = embedding.reduce((sum, value, i) => sum + value * (base.kernel[i * shipped + label] ?? 0), 0);
      expect(logit).toBeCloseTo(expected + (base.bias[label] ?? 0), 3);
    });
  });

  it('knows a new thing from one example, in other pictures of it too', () => {
    const { base, mean, picture } = world(2);
    const head = adaptHead(base, [{ averaged: picture(45), label: 'milk' }], { mean, temperature: 1 });
    expect(Array.from({ length: 20 }, () => answer(head, picture(45)))).toEqual(new Array(20).fill('milk'));
  });

  it('names a thing otherwise that the shipped head names wrong, from one example', () => {
    const { base, mean, picture } = world(3);
    const head = adaptHead(base, [{ averaged: picture(50), label: 'thing 7' }], { mean, temperature: 1 });
    expect(Array.from({ length: 20 }, () => answer(head, picture(50)))).toEqual(new Array(20).fill('thing 7'));
    // Others of its kind it still knows by itself, however little they are like that one.
    const another = picture(7);
    expect(answer(head, another)).toBe('thing 7');
    expect(head.recognises(seenOnce(another), 'thing 7')).toBeNull();
    expect(head.recognises(seenOnce(picture(50)), 'thing 7')).toBe(true);
  });

  it('over a base without labels knows what it was shown, and leaves everything else to something else', () => {
    const { mean, picture } = world(9);
    const base = { kernel: new Float32Array(), bias: new Float32Array(), labels: [], grown: new Set<string>() };
    const sureOf = (head: AdaptedHead, embedding: Float32Array): number => {
      const logits = head.logits(seenOnce(embedding));
      return softmax(Float32Array.of(0, ...logits))[argMax(logits) + 1] ?? NaN;
    };
    const one = adaptHead(base, [{ averaged: picture(45), label: 'milk' }], { mean, temperature: 1 });
    const both = adaptHead(
      base,
      [45, 46].map((thing) => ({ averaged: picture(thing), label: `new ${String(thing)}` })),
      { mean, temperature: 1 },
    );
    expect(one.labels).toEqual(['milk']);
    expect(both.labels).toEqual(['new 45', 'new 46']);
    for (let i = 0; i < 20; i++) {
      expect(one.recognises(seenOnce(picture(45)), 'milk')).toBe(true);
      expect(one.recognises(seenOnce(picture(46)), 'milk')).toBe(false);
      expect(sureOf(one, picture(46))).toBeLessThan(0.1);
      expect(answer(both, picture(46))).toBe('new 46');
      expect(sureOf(both, picture(47))).toBeLessThan(0.1);
    }
    const none = adaptHead(base, [...Array.from({ length: 3 }, () => ({ averaged: picture(47), label: null }))], {
      mean,
      temperature: 1,
    });
    expect(none.labels).toEqual([]);
    expect(none.logits(seenOnce(picture(47)))).toHaveLength(0);
  });

  it('leaves alone what is far from every example', () => {
    const { base, mean, picture } = world(4);
    const examples = [45, 46, 47].flatMap((thing) =>
      Array.from({ length: 4 }, () => ({ averaged: picture(thing), label: `new ${String(thing)}` })),
    );
    const head = adaptHead(base, examples, { mean, temperature: 1 });
    const before = adaptHead(base, nothing, { mean, temperature: 1 });
    for (let thing = 0; thing < shipped; thing++) {
      const embedding = picture(thing);
      expect(answer(head, embedding)).toBe(answer(before, embedding));
      const [now, then] = [head, before].map((one) => softmax(one.logits(seenOnce(embedding))));
      then?.forEach((probability, label) => {
        expect(now?.[label]).toBeCloseTo(probability, 1);
      });
    }
  });

  it('takes what is somewhat like an example for it, unless the shipped head is sure of something else', () => {
    const { base, mean, picture } = world(5);
    const [taught, shippedThing] = [picture(45), picture(7)];
    const between = taught.map((value, i) => 0.42 * value + 0.58 * (shippedThing[i] ?? 0));
    const answerAt = (temperature: number): string | undefined =>
      answer(adaptHead(base, [{ averaged: taught, label: 'milk' }], { mean, temperature }), between);
    const unsure = 100;
    expect([answerAt(1), answerAt(unsure)]).toEqual(['thing 7', 'milk']);
  });

  it('is right on every one of its examples, however many there are and whatever they say', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(shipped + 19), fc.nat(7)), { minLength: 1, maxLength: 40 }),
        (seed, said) => {
          const { base, mean, picture } = world(seed);
          const examples = said.map(([thing, label]) => ({
            averaged: picture(thing),
            label: label < 4 ? `thing ${String(label)}` : `new ${String(label)}`,
          }));
          const head = adaptHead(base, examples, { mean, temperature: 1 });
          for (const { averaged, label } of examples) expect(answer(head, averaged)).toBe(label);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is right on a single example among two hundred, of a label that was taught otherwise, of a new one, and of none', () => {
    const { base, mean, picture } = world(6);
    const others = Array.from({ length: 199 }, (_, i) => ({ averaged: picture(40 + (i % 10)), label: 'well known' }));
    for (const label of ['well known', 'new', null]) {
      const averaged = picture(7);
      const head = adaptHead(base, [...others, { averaged, label }], { mean, temperature: 1 });
      if (label === null) expect(Math.max(...softmax(head.logits(seenOnce(averaged))))).toBeLessThan(0.1);
      else expect(answer(head, averaged)).toBe(label);
    }
  });

  it('is the same head, to the last bit, in whatever order the examples came', () => {
    const { base, mean, picture } = world(5);
    const examples = Array.from({ length: 30 }, (_, i) => ({
      averaged: picture(i % 50),
      label: i % 7 === 0 ? null : `new ${String(i % 5)}`,
    }));
    const probe = seenOnce(picture(41));
    const expected = adaptHead(base, examples, { mean, temperature: 1 }).logits(probe);
    for (let seed = 0; seed < 5; seed++)
      expect(adaptHead(base, shuffled(examples, seededRandom(seed)), { mean, temperature: 1 }).logits(probe)).toEqual(
        expected,
      );
  });

  it('does not know what is none of its labels, and still knows the rest', () => {
    const { base, mean, picture } = world(6);
    const examples = [
      ...Array.from({ length: 3 }, () => ({ averaged: picture(50), label: null })),
      ...Array.from({ length: 3 }, () => ({ averaged: picture(51), label: 'milk' })),
    ];
    const head = adaptHead(base, examples, { mean, temperature: 1 });
    const sure = (thing: number): number => Math.max(...softmax(head.logits(seenOnce(picture(thing)))));
    for (const { averaged, label } of examples)
      if (label === null) expect(Math.max(...softmax(head.logits(seenOnce(averaged))))).toBeLessThan(0.05);
    expect(sure(50)).toBeLessThan(0.1);
    expect(answer(head, picture(51))).toBe('milk');
    expect(sure(3)).toBeGreaterThan(0.5);
  });

  it('lets two new things that look alike be told apart', () => {
    const { base, mean, picture } = world(7);
    const between = (a: number, b: number, part: number): Float32Array => {
      const [one, other] = [picture(a), picture(b)];
      return one.map((value, i) => (1 - part) * value + part * (other[i] ?? 0));
    };
    const examples = Array.from({ length: 8 }, (_, i) => ({
      averaged: between(52, 53, i % 2 ? 0.35 : 0.65),
      label: i % 2 ? 'milk' : 'oat milk',
    }));
    const head = adaptHead(base, examples, { mean, temperature: 1 });
    const right = Array.from(
      { length: 40 },
      (_, i) => answer(head, between(52, 53, i % 2 ? 0.3 : 0.7)) === (i % 2 ? 'milk' : 'oat milk'),
    );
    expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(36);
  });

  it('finds a thing that it was never taught too strange for a taught label, and the taught ones not', () => {
    const { base, mean, picture } = world(10);
    const examples = [45, 46, 47].flatMap((thing) =>
      Array.from({ length: 6 }, () => ({ averaged: picture(thing), label: `new ${String(thing)}` })),
    );
    const head = adaptHead(base, examples, { mean, temperature: 1 });
    const recognised = (thing: number, label: string): number =>
      Array.from({ length: 40 }, () => head.recognises(seenOnce(picture(thing)), label)).filter(Boolean).length;
    expect(recognised(55, 'new 45')).toBe(0);
    expect(recognised(45, 'new 45')).toBeGreaterThan(20);
    // What came with the model is not judged by what was taught.
    expect(head.recognises(seenOnce(picture(55)), 'thing 3')).toBeNull();
    expect(head.strangeness(seenOnce(picture(55)))).toBeGreaterThan(head.strangeness(seenOnce(picture(45))));
    expect(adaptHead(base, nothing, { mean, temperature: 1 }).recognises(seenOnce(picture(55)), 'thing 3')).toBeNull();
  });

  it('is surer the more it was taught and the more alike a picture is, and not sure of what is only somewhat alike', () => {
    const { base, mean, picture } = world(14);
    const taught = (count: number): AdaptedHead =>
      adaptHead(
        base,
        Array.from({ length: count }, () => ({ averaged: picture(45), label: 'milk' })),
        { mean, temperature: 1 },
      );
    const sureOf = (head: AdaptedHead, part: number): number => {
      const sure = Array.from({ length: 20 }, () => {
        const [milk, other] = [picture(45), picture(46)];
        const seen = seenOnce(milk.map((value, i) => part * value + (1 - part) * (other[i] ?? 0)));
        return softmax(head.logits(seen))[head.labels.indexOf('milk')] ?? NaN;
      });
      return sure.reduce((sum, one) => sum + one, 0) / sure.length;
    };
    const [once, often] = [taught(1), taught(8)];
    expect(sureOf(often, 1)).toBeGreaterThan(0.7);
    expect(sureOf(once, 1)).toBeLessThan(sureOf(often, 1));
    expect(sureOf(once, 0.5)).toBeLessThan(0.5);
    expect(sureOf(once, 0.5)).toBeLessThan(sureOf(once, 1));
    // The best label, but hardly likely: it is not said.
    const [milk, other] = [picture(45), picture(46)];
    const somewhatAlike = milk.map((value, i) => 0.5 * value + 0.5 * (other[i] ?? 0));
    expect(answer(once, somewhatAlike)).toBe('milk');
    expect(once.recognises(seenOnce(somewhatAlike), 'milk')).toBe(false);
  });

  it('compares a picture by all glances at it, and lets the shipped head answer for the whole of it', () => {
    const { base, mean, picture } = world(11);
    const [side, other] = [picture(50), picture(51)];
    const both = seenBy([side, other]);
    const head = adaptHead(base, [{ averaged: both.averaged, label: 'mug' }], { mean, temperature: 1 });
    expect(answer(head, side)).toBe('mug');
    expect(answer(head, other)).toBe('mug');
    const unlike = picture(3);
    const seen = { whole: unlike, averaged: picture(7) };
    expect(head.labels[argMax(head.logits(seen))]).toBe('thing 3');
  });

  it('learns from what was left uncorrected, but never against what was said', () => {
    const { base, mean, picture } = world(12);
    const options = { mean, temperature: 1 };
    const said = { averaged: picture(50), label: 'mug' };
    const left = Array.from({ length: 6 }, () => ({
      averaged: said.averaged.map((value, i) => 0.9 * value + 0.1 * (picture(50)[i] ?? 0)),
      label: 'cup',
      unsaid: true,
    }));
    expect(answer(adaptHead(base, [said, ...left], options), said.averaged)).toBe('mug');
    const turned = { averaged: picture(51), label: 'mug', unsaid: true };
    expect(answer(adaptHead(base, [said], options), picture(51))).not.toBe('mug');
    expect(answer(adaptHead(base, [said, turned], options), picture(51))).toBe('mug');
  });

  it('asks a version about what people named only where it holds too few of their pictures to say itself', () => {
    const { base, mean, picture } = world(14);
    const options = { mean, temperature: 1 };
    const version: BaseHead = { ...withSureLabel(base, 'mug'), grown: new Set(['mug']) };
    const mugs = (count: number) => Array.from({ length: count }, () => ({ averaged: picture(50), label: 'mug' }));
    expect(answer(adaptHead(version, [{ averaged: picture(51), label: 'cup' }], options), picture(3))).toBe('mug');
    const whole = adaptHead(version, mugs(5), options);
    expect(answer(whole, picture(3))).toBe('thing 3');
    expect(answer(whole, picture(50))).toBe('mug');
    expect(answer(adaptHead(version, mugs(mostExamples), options), picture(3))).toBe('mug');
    // What the backbone itself knows is asked in any case.
    const taught = [{ averaged: picture(50), label: 'thing 3' }];
    expect(answer(adaptHead(base, taught, options), picture(3))).toBe('thing 3');
  });

  it('calls news what is of a taught label and nearly none of its examples', () => {
    const { base, mean, picture } = world(13);
    const embedding = picture(50);
    const head = adaptHead(base, [{ averaged: embedding, label: 'mug' }], { mean, temperature: 1 });
    expect(head.isNews(seenOnce(embedding), 'mug')).toBe(false);
    expect(head.isNews(seenOnce(picture(50)), 'mug')).toBe(true);
    expect(head.isNews(seenOnce(picture(3)), 'thing 3')).toBe(false);
  });
});
