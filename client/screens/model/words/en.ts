/** The words of "Model", in English. */
const count = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;
const andOthers = (others: number): string =>
  others > 0 ? ` So it is with ${count(others, 'other class', 'other classes')}, too.` : '';

export const en = {
  title: 'Model',
  asOf: (when: string): string => `As of ${when}.`,
  asOfOffline: (when: string): string => `As of ${when}: your hub is out of reach.`,
  neverTold: 'Your hub has not told anything yet. Connect to it once; what it tells is kept here.',

  enoughTitle: 'Have I done enough?',
  enoughNothing:
    'Nothing to say yet: the live version has learned nothing from you. Correct a picture and send it to your hub.',
  enoughUnjudged: (name: string, more: number, others: number): string =>
    `Nobody can tell yet: no picture was kept apart to check “${name}”. It takes ${String(more)} at the least.${andOthers(others)}`,
  enoughUnsure: (
    name: string,
    {
      right,
      n,
      low,
      high,
      more,
      others,
    }: Readonly<Record<'right' | 'n' | 'more' | 'others', number>> & Readonly<Record<'low' | 'high', string>>,
  ): string =>
    `Not quite: “${name}” was right in ${String(right)} of ${count(n, 'picture', 'pictures')}, and that means anything from ${low} to ${high}. It takes ${String(more)} more to be sure.${andOthers(others)}`,
  enoughWeak: (
    name: string,
    {
      right,
      n,
      high,
      as,
      others,
    }: Readonly<Record<'right' | 'n' | 'others', number>> & {
      readonly high: string;
      readonly as: string | null;
    },
  ): string =>
    `Not yet: “${name}” was right in ${String(right)} of ${count(n, 'picture', 'pictures')}, ${high} at best.${as === null ? '' : ` It is taken for “${as}” most often.`} Show it more of them.${andOthers(others)}`,
  enoughYes: (classes: number, n: number, low: string): string =>
    classes === 1
      ? `Yes: what you taught is right at least ${low} of the time, as ${String(n)} pictures that it never learned from show.`
      : `Yes: each of the ${String(classes)} classes that you taught is right at least ${low} of the time, as ${String(n)} pictures that it never learned from show.`,
  enoughHow:
    'Pictures that judge are kept apart: from the third burst of a class on, about one burst in five. So correct it again in another place, another day.',

  versionsTitle: 'Versions',
  version: (number: number): string => `Version ${String(number)}`,
  candidate: (number: number): string => `Candidate for version ${String(number)}`,
  current: 'Live',
  pinned: 'Pinned',
  verdict: { promoted: 'Passed', 'in-trial': 'In trial', refused: 'Refused', base: 'The beginning' },
  verdictText: {
    promoted: 'No class got worse beyond chance, so it went to all devices.',
    'in-trial':
      'Nothing got worse beyond chance, so it went to all devices; of new classes there are too few pictures to be sure.',
    refused: 'It got worse beyond chance, so no device ever ran it.',
    base: 'What the room began with: no correction has gone into it.',
  },
  fall: (name: string, counts: string): string => `${name} (${counts})`,
  fell: (names: string, more: number): string =>
    `Fell: ${names}${more > 0 ? ` and ${count(more, 'other', 'others')}` : ''}.`,
  fellByChance: (names: string, more: number): string =>
    `Fell, but no more than chance may do: ${names}${more > 0 ? ` and ${count(more, 'other', 'others')}` : ''}.`,
  corrections: 'Corrections learned',
  checked: 'Right, before → after',
  checkedValue: (before: number, after: number, n: number): string =>
    `${String(before)} → ${String(after)} of ${String(n)}`,
  push: 'Sent to each device',
  took: 'Time',
  fixed: 'Your pictures fixed',
  broken: 'Your pictures broken',
  morePictures: (n: number): string => `And ${String(n)} more.`,
  unknownPictures: (n: number): string =>
    `Not shown: ${String(n)}. They were deleted, or your hub has not told this device of them.`,
  hubWords: 'In the hub’s words',
  use: (number: number): string => `Make version ${String(number)} live`,
  letGo: 'Go on with the newest',
  pinnedText: (number: number): string =>
    `Version ${String(number)} stays until you let go. What you correct meanwhile waits on the hub.`,
  asking: 'Asking the hub…',
  refusedWish: 'The hub no longer has this version. Nothing was changed.',
  needsHub: 'To change the live version, your hub has to be in reach.',

  trainingTitle: 'Training',
  trainingNow: (step: number, steps: number): string => `Running: step ${String(step)} of ${String(steps)}`,
  trainingOf: (version: number): string => `How version ${String(version)} was trained`,
  trainingNone: 'Training appears here while it runs.',
  trainingText:
    'Thick: pictures that it learns from. Thin: some that are kept apart, yours and those it came with. They decide nothing here; how they judge is told once it has ended. A line down: corrections came in, for the next training.',
  heldLoss: 'Loss, kept apart',
  heldAccuracy: 'Right, kept apart',
  cameMeanwhile: 'Came meanwhile',
  loss: 'Loss',
  accuracy: 'Right',
  step: 'Step',
  chart: (from: string, to: string, accuracy: string): string =>
    `The loss went from ${from} to ${to}; ${accuracy} of the last batch were right.`,
  numbers: 'The same in numbers',
  versionCurve: 'On pictures kept apart, version by version',
  versionCurveText:
    'The part that was right, with its range; below, how many more corrections each version learned from. A ring was refused. Not all were judged by the same pictures, so small steps mean little.',
  versionChart: (from: string, to: string): string => `From ${from}, to ${to} right.`,
  moreCorrections: 'More corrections',

  classesTitle: 'What it recognises',
  classesText:
    'Of each class: how many pictures that nobody trained on were right, with the range in which the truth lies 19 times out of 20.',
  classesNone: 'The live version was not judged by a training: it is what the room began with.',
  name: 'Class',
  learnedFrom: 'Learned from',
  right: 'Right',
  range: 'Range',
  before: 'Before',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  of: (right: number, n: number): string => `${String(right)} of ${String(n)}`,
  between: (low: string, high: string): string => `${low} to ${high}`,
  openClass: 'Open its pictures',
  yours: 'What you taught',
  others: (n: number): string => `What it came with: ${count(n, 'class', 'classes')}`,

  confusionsTitle: 'What it mixes up',
  confusionsText:
    'A row is what the picture showed, a column what the model said. An underlined number opens pictures: of a mistake, those that were mistaken; of what is right, all of that class.',
  confusionsNone: 'Nothing: every picture that judged it got the right name.',
  openMistaken: (n: number, count: number, name: string, other: string): string =>
    `${String(n)}: open ${count === 1 ? 'the picture' : `the ${String(count)} pictures`} of “${name}” taken for “${other}”`,
  openAll: (n: number, count: number, name: string): string =>
    `${String(n)}: open ${count === 1 ? 'the one picture' : `all ${String(count)} pictures`} of “${name}”`,
  truth: 'Showed',
  clean: (n: number): string => `Never mixed up: ${count(n, 'class', 'classes')}.`,
  elsewhere: (n: number): string => `${count(n, 'wrong answer', 'wrong answers')} between rarer pairs not shown here.`,
};
