/** A replay's figures as a person reads them in a terminal. */
import type { MethodFigures, Spread } from './figures.ts';
import type { ReplayResult } from './replay.ts';
import type { Estimate } from './statistics.ts';

export function replayText({ budgets, seeds, ask, classes, pool, test, methods, ...plan }: ReplayResult): string {
  const all = Object.entries(methods);
  const width = Math.max(...all.map(([name]) => name.length), 'corrections'.length) + 2;
  const row = (name: string, cells: readonly string[]): string =>
    name.padEnd(width) + cells.map((cell) => cell.padStart(18)).join('');
  const table = (title: string, cells: (figures: MethodFigures) => readonly string[] | null): readonly string[] => {
    const rows = all.flatMap(([name, figures]) => {
      const found = cells(figures);
      return found ? [row(name, found)] : [];
    });
    return rows.length > 0 ? ['', title, ...rows] : [];
  };
  const short = all.flatMap(([name, { labels }]) => {
    const least = labels.findIndex((count, i) => count < (budgets[i] ?? 0));
    return least < 0
      ? []
      : [
          `The pool ran out for ${name}: ${(labels[least] ?? 0).toFixed(0)} labels (mean of seeds) where ${String(budgets[least])} were to be given.`,
        ];
  });
  return [
    `${String(classes)} classes, ${String(pool)} pictures to learn from, ${String(test)} to test with, backbone ${plan.backbone}; mean of ${String(seeds)} seeds ± half of the 95 % interval, per cent`,
    ...(plan.taken_out.length > 0
      ? [`Taken out of the base, which knew some of the classes by these labels: ${plan.taken_out.join(', ')}`]
      : []),
    row(ask === 'mistakes' ? 'corrections' : 'labels', budgets.map(String)),
    ...table('accuracy', ({ accuracy }) => accuracy.map(percents)),
    ...table('right and shown', ({ shown }) => shown.map(percents)),
    ...table('surer than right', ({ overconfidence }) => overconfidence.map((one) => (one ? percents(one) : '–'))),
    ...table('taken for a base class', ({ taken_for_base }) => taken_for_base.map(percents)),
    ...table('base pictures forgotten', ({ forgetting }) => forgetting?.map(percents) ?? null),
    ...table('seconds to a usable update, median / 95 %', ({ seconds }) => seconds.map(spreadText)),
    ...table(
      'rounds: run, refused, median seconds',
      ({ rounds }) =>
        rounds?.map(
          ({ run, refused, seconds }) => `${String(run)}, ${String(refused)}, ${seconds?.[0].toFixed(1) ?? '–'}`,
        ) ?? null,
    ),
    ...table('unknown found, AUROC by its own score', ({ auroc }) => auroc?.own.map(percents) ?? null),
    ...table('unknown found, AUROC by max-softmax', ({ auroc }) => auroc?.max_softmax.map(percents) ?? null),
    ...table(
      'points lost to wrong labels (the last: with what was asked again)',
      ({ flipped }) => flipped?.points_lost.map(percents) ?? null,
    ),
    ...table('the last without asking again', ({ flipped }) =>
      flipped ? [percents(flipped.points_lost_unasked)] : null,
    ),
    ...table('labels asked about again', ({ flipped }) => (flipped ? [flipped.asked_again[0].toFixed(1)] : null)),
    ...table('wrong ones among the first five asked again', ({ flipped }) =>
      flipped?.suspects_found ? [percents(flipped.suspects_found)] : null,
    ),
    ...table('accuracy when asked in random order', ({ asked }) => asked?.random.map(percents) ?? null),
    ...table('labels needed, of those that random order needs', ({ asked }) =>
      asked ? [asked.labels_ratio === null ? 'more' : asked.labels_ratio.toFixed(2)] : null,
    ),
    '',
    ...all.flatMap(([name, { labels_for_teachable_machine_at_50: needed }]) =>
      needed === null ? [] : [row(name, [`${needed.toFixed(1)} for what teachable-machine has at 50`])],
    ),
    ...short,
    '',
  ].join('\n');
}

function percents([mean, half]: Estimate): string {
  return (mean * 100).toFixed(1) + (half === null ? '' : ` ± ${(half * 100).toFixed(1)}`);
}

function spreadText(seconds: Spread | null): string {
  return seconds ? seconds.map((value) => value.toPrecision(2)).join(' / ') : '–';
}
