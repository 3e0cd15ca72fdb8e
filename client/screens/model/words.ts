/** The words of "Model". */
import { msg, str } from '@lit/localize';
import { spoken } from '../../i18n/spoken.ts';

const pictures = (n: number): string =>
  n === 1
    ? msg('1 picture', { id: 'model.pictures.one', desc: 'In a sentence: right in 1 of 1 picture' })
    : msg(str`${n} pictures`, { id: 'model.pictures.many', desc: 'In a sentence: right in 3 of 5 pictures' });

const classes = (n: number): string =>
  n === 1 ? msg('1 class', { id: 'model.classes.one' }) : msg(str`${n} classes`, { id: 'model.classes.many' });

/** One sentence more, where the same has to be said of other classes. */
const likewise = (others: number): string => {
  if (others === 0) return '';
  const sentence =
    others === 1
      ? msg('The same goes for 1 other class.', { id: 'model.likewise.one' })
      : msg(str`The same goes for ${others} other classes.`, { id: 'model.likewise.many' });
  return ` ${sentence}`;
};

export type ModelWords = ReturnType<typeof modelWords>;

export const modelWords = spoken(() => ({
  title: msg('Model', { id: 'model.title' }),
  asOf: (when: string): string => msg(str`As of ${when}.`, { id: 'model.asOf' }),
  asOfOffline: (when: string): string =>
    msg(str`As of ${when}: your hub is out of reach.`, { id: 'model.asOfOffline' }),
  neverTold: msg('Your hub has not told this device anything yet. Connect to it once; what it tells is kept here.', {
    id: 'model.neverTold',
  }),

  enoughTitle: msg('Have I done enough?', { id: 'model.enoughTitle' }),
  enoughNothing: msg(
    'Nothing to say yet: the live version has learned nothing from you. Correct a picture and send it to your hub.',
    { id: 'model.enoughNothing' },
  ),
  enoughUnjudged: (name: string, more: number, others: number): string =>
    msg(str`Nobody can tell yet: no picture was kept apart to check “${name}”. It takes at least ${more}.`, {
      id: 'model.enoughUnjudged',
    }) + likewise(others),
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
    (more === 1
      ? msg(
          str`Not quite: “${name}” was right in ${right} of ${pictures(n)}, and that could mean anything from ${low} to ${high}. It takes 1 more to be sure.`,
          { id: 'model.enoughUnsure.one' },
        )
      : msg(
          str`Not quite: “${name}” was right in ${right} of ${pictures(n)}, and that could mean anything from ${low} to ${high}. It takes ${more} more to be sure.`,
          { id: 'model.enoughUnsure.many' },
        )) + likewise(others),
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
    (as === null
      ? msg(str`Not yet: “${name}” was right in ${right} of ${pictures(n)}, ${high} at best. Show it more of them.`, {
          id: 'model.enoughWeak',
        })
      : msg(
          str`Not yet: “${name}” was right in ${right} of ${pictures(n)}, ${high} at best. Most often it is taken for “${as}”. Show it more of them.`,
          { id: 'model.enoughWeak.takenFor' },
        )) + likewise(others),
  enoughYes: (classes: number, n: number, low: string): string =>
    classes === 1
      ? msg(
          str`Yes: what you taught is right at least ${low} of the time, as ${n} pictures that it never learned from show.`,
          { id: 'model.enoughYes.one' },
        )
      : msg(
          str`Yes: each of the ${classes} classes that you taught is right at least ${low} of the time, as ${n} pictures that it never learned from show.`,
          { id: 'model.enoughYes.many' },
        ),
  enoughHow: msg(
    'Pictures that judge are kept apart: from the third burst of a class on, about one burst in five. So correct it again in another place, on another day.',
    { id: 'model.enoughHow' },
  ),

  versionsTitle: msg('Versions', { id: 'model.versionsTitle' }),
  version: (number: number): string => msg(str`Version ${number}`, { id: 'model.version' }),
  candidate: (number: number): string => msg(str`Candidate for version ${number}`, { id: 'model.candidate' }),
  current: msg('Live', { id: 'model.current', desc: 'Badge of the version that all devices use' }),
  pinned: msg('Pinned', { id: 'model.pinned', desc: 'Badge: somebody chose this version, newer ones wait' }),
  verdict: {
    promoted: msg('Passed', { id: 'model.verdict.promoted' }),
    'in-trial': msg('In trial', { id: 'model.verdict.in-trial' }),
    refused: msg('Refused', { id: 'model.verdict.refused' }),
    base: msg('The beginning', { id: 'model.verdict.base' }),
  },
  baseText: msg('What the room began with: no correction has gone into it.', { id: 'model.baseText' }),
  corrections: msg('Corrections learned', { id: 'model.corrections' }),
  checked: msg('Right, before → after', { id: 'model.checked' }),
  checkedValue: (before: number, after: number, n: number): string =>
    msg(str`${before} → ${after} of ${n}`, { id: 'model.checkedValue' }),
  push: msg('Sent to each device', { id: 'model.push', desc: 'How large the download was' }),
  took: msg('Time', { id: 'model.took' }),
  fixed: msg('Your pictures now right', { id: 'model.fixed' }),
  broken: msg('Your pictures now wrong', { id: 'model.broken' }),
  morePictures: (n: number): string =>
    n === 1
      ? msg('And 1 more.', { id: 'model.morePictures.one' })
      : msg(str`And ${n} more.`, { id: 'model.morePictures.many' }),
  unknownPictures: (n: number): string =>
    n === 1
      ? msg('Not shown: 1. It was deleted, or your hub has not told this device about it.', {
          id: 'model.unknownPictures.one',
        })
      : msg(str`Not shown: ${n}. They were deleted, or your hub has not told this device about them.`, {
          id: 'model.unknownPictures.many',
        }),
  hubWords: msg('In the hub’s words', { id: 'model.hubWords' }),
  use: (number: number): string => msg(str`Make version ${number} live`, { id: 'model.use' }),
  letGo: msg('Go on with the newest', { id: 'model.letGo' }),
  pinnedText: (number: number): string =>
    msg(str`Version ${number} stays until you let go. What you correct meanwhile waits on the hub.`, {
      id: 'model.pinnedText',
    }),
  asking: msg('Asking the hub…', { id: 'model.asking' }),
  refusedWish: msg('The hub no longer has this version. Nothing was changed.', { id: 'model.refusedWish' }),
  exportTitle: msg('Use it elsewhere', { id: 'model.exportTitle' }),
  exportText: msg(
    'The version that this device runs, with its labels, as a file for ONNX Runtime and other programs. What was learned on this device alone is not in it.',
    { id: 'model.exportText' },
  ),
  exportOnnx: (version: number): string =>
    msg(str`Download version ${version} (ONNX)`, { id: 'model.exportOnnx', desc: 'A link' }),
  exportNeedsHub: msg('Your hub makes the file: it has to be in reach.', { id: 'model.exportNeedsHub' }),
  needsHub: msg('To change the live version, your hub has to be in reach.', { id: 'model.needsHub' }),

  trainingTitle: msg('Training', { id: 'model.trainingTitle' }),
  trainingNow: (step: number, steps: number): string =>
    msg(str`Running: step ${step} of ${steps}`, { id: 'model.trainingNow' }),
  trainingOf: (version: number): string => msg(str`How version ${version} was trained`, { id: 'model.trainingOf' }),
  trainingNone: msg('Training appears here while it runs.', { id: 'model.trainingNone' }),
  trainingText: msg(
    'Thick lines: pictures that it learns from. Thin lines: some that are kept apart, yours and those it came with; the verdict on them comes when the training has ended. An upright line: corrections came in, for the next training.',
    { id: 'model.trainingText' },
  ),
  heldLoss: msg('Loss, kept apart', { id: 'model.heldLoss', desc: 'Legend of a curve: pictures that are kept apart' }),
  heldAccuracy: msg('Right, kept apart', { id: 'model.heldAccuracy', desc: 'Legend of a curve' }),
  cameMeanwhile: msg('Came in meanwhile', { id: 'model.cameMeanwhile', desc: 'Corrections, during the training' }),
  loss: msg('Loss', { id: 'model.loss' }),
  accuracy: msg('Right', { id: 'model.accuracy', desc: 'The share of answers that were right' }),
  step: msg('Step', { id: 'model.step', desc: 'The number of the step of the training' }),
  chart: (from: string, to: string, accuracy: string): string =>
    msg(str`The loss went from ${from} to ${to}; ${accuracy} of the last batch were right.`, { id: 'model.chart' }),
  numbers: msg('The same in numbers', { id: 'model.numbers' }),
  versionCurve: msg('On pictures kept apart, version by version', { id: 'model.versionCurve' }),
  versionCurveText: msg(
    'The share that was right, with its range; below, how many more corrections each version learned from. A ring is a version that was refused. Not all were judged by the same pictures, so small steps mean little.',
    { id: 'model.versionCurveText' },
  ),
  versionChart: (from: string, to: string): string =>
    msg(str`From ${from}, to ${to} right.`, { id: 'model.versionChart' }),
  moreCorrections: msg('More corrections', { id: 'model.moreCorrections' }),

  classesTitle: msg('What it recognises', { id: 'model.classesTitle' }),
  classesText: msg(
    'For each class: how many of the pictures that it never learned from it got right, with the range in which the truth lies 19 times out of 20.',
    { id: 'model.classesText' },
  ),
  classesNone: msg('The live version was not judged by a training: it is what the room began with.', {
    id: 'model.classesNone',
  }),
  name: msg('Class', { id: 'model.name' }),
  learnedFrom: msg('Learned from', { id: 'model.learnedFrom' }),
  right: msg('Right', { id: 'model.right', desc: 'Column: how many were right' }),
  range: msg('Range', { id: 'model.range' }),
  before: msg('Before', { id: 'model.before', desc: 'Column: how many the version before had right' }),
  precision: msg('Precision', { id: 'model.precision' }),
  recall: msg('Recall', { id: 'model.recall' }),
  f1: msg('F1', { id: 'model.f1', desc: 'A term of the field' }),
  of: (right: number, n: number): string =>
    msg(str`${right} of ${n}`, { id: 'model.of', desc: 'So many were right, of so many' }),
  between: (low: string, high: string): string => msg(str`${low} to ${high}`, { id: 'model.between' }),
  openClass: msg('Open its pictures', { id: 'model.openClass' }),
  yours: msg('What you taught', { id: 'model.yours' }),
  others: (n: number): string => msg(str`What it came with: ${classes(n)}`, { id: 'model.others' }),

  confusionsTitle: msg('What it mixes up', { id: 'model.confusionsTitle' }),
  confusionsText: msg(
    'A row is what the picture showed, a column what the model said. An underlined number opens pictures: for a mistake, those that it got wrong; for right answers, all of that class.',
    { id: 'model.confusionsText' },
  ),
  confusionsNone: msg('Nothing: every picture that judged it got the right name.', { id: 'model.confusionsNone' }),
  openMistaken: (n: number, count: number, name: string, other: string): string =>
    count === 1
      ? msg(str`${n}: open the picture of “${name}” taken for “${other}”`, { id: 'model.openMistaken.one' })
      : msg(str`${n}: open the ${count} pictures of “${name}” taken for “${other}”`, { id: 'model.openMistaken.many' }),
  openAll: (n: number, count: number, name: string): string =>
    count === 1
      ? msg(str`${n}: open the one picture of “${name}”`, { id: 'model.openAll.one' })
      : msg(str`${n}: open all ${count} pictures of “${name}”`, { id: 'model.openAll.many' }),
  truth: msg('Showed', { id: 'model.truth', desc: 'Head of the table: the rows are what the pictures showed' }),
  clean: (n: number): string => msg(str`Never mixed up: ${classes(n)}.`, { id: 'model.clean' }),
  elsewhere: (n: number): string =>
    n === 1
      ? msg('1 wrong answer between rarer pairs not shown here.', { id: 'model.elsewhere.one' })
      : msg(str`${n} wrong answers between rarer pairs not shown here.`, { id: 'model.elsewhere.many' }),
}));
