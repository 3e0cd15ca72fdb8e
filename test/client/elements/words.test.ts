/** What was decided and what was learned, in words, from the figures. */
import { expect, it } from 'vitest';
import type { Dropped } from '../../../client/capture/burst-picker.ts';
import { learnedText, verdictText } from '../../../client/elements/words.ts';
import type { Language } from '../../../client/i18n/messages.ts';
import { appWords } from '../../../client/i18n/words.ts';
import { newEventId, newSampleId } from '../../../protocol/ids.ts';
import type { Report } from '../../../protocol/messages/report.ts';
import { saidIn } from '../../support/speaking.ts';

const classes: Report['classes'] = [
  { label: 'mug', n: 9, rightBefore: 2, rightAfter: 8 },
  { label: 'plate', n: 10, rightBefore: 9, rightAfter: 8 },
  { label: 'cup', n: 12, rightBefore: 11, rightAfter: 6 },
];

function said(language: Language, report: Pick<Report, 'verdict' | 'classes'>): Promise<string> {
  return saidIn(language, () => verdictText(report, (label) => label.toUpperCase(), appWords()));
}

it('says in the language of the app why a version was refused, the largest fall first', async () => {
  const report = { verdict: 'refused', classes } as const;
  expect(await said('en', report)).toBe(
    'It got worse beyond chance, so no device ever ran it. Fell: CUP (11 → 6 of 12), PLATE (9 → 8 of 10).',
  );
  expect(await said('it', report)).toBe(
    'È peggiorata oltre il caso: nessun dispositivo l’ha mai usata. In calo: CUP (11 → 6 su 12), PLATE (9 → 8 su 10).',
  );
});

it('says that what fell in a promoted version is no more than chance may do, and nothing where nothing fell', async () => {
  expect(await said('en', { verdict: 'promoted', classes })).toContain(
    'Fell, but no more than chance may do: CUP (11 → 6 of 12), PLATE (9 → 8 of 10).',
  );
  expect(await said('en', { verdict: 'promoted', classes: [] })).toBe(
    'No class got worse beyond chance, so it went to all devices.',
  );
});

it('names the five classes that fell most, and counts the others', async () => {
  const many = Array.from({ length: 7 }, (_, i) => ({ label: `c${String(i)}`, n: 20, rightBefore: 10, rightAfter: i }));
  expect(await said('en', { verdict: 'refused', classes: many })).toMatch(
    /: C0 .*, C4 \(10 → 4 of 20\) and 2 others\.$/,
  );
});

it('says of a burst how many of the frames that it looked at were kept, and why the others were not', async () => {
  const events = Array.from({ length: 8 }, () => ({ event: newEventId(), sample: newSampleId() }));
  const learned = (dropped: Dropped) =>
    saidIn('en', () => learnedText({ label: 'mug', events, dropped }, 'mug', appWords()));
  expect(await learned({ alike: 10, blurred: 5, dark: 1 })).toBe(
    'Learned here: mug. 8 of 24 kept. Not kept: 10 alike, 5 blurred, 1 too dark',
  );
  expect(await learned({ alike: 0, blurred: 0, dark: 0 })).toBe('Learned here: mug (8 pictures)');
});
