/** What the page says of the session: texts and figures from the cells, no more. */
import type { Report } from '../../protocol/messages/report.ts';
import type { RoomState } from '../../protocol/messages/room-state.ts';
import type { Locale } from '../contexts.ts';
import type { Language, Messages } from '../i18n/messages.ts';
import type { Situation } from '../progress/progress.ts';
import type { Measured } from '../recognition/api.ts';
import type { Session } from '../session.ts';

export function situationOf({ outbox, settings, link, hub, models }: Session): Situation {
  const live = models.state.peek();
  const { training, report } = hub.news.peek();
  return {
    queued: outbox.counts.peek().queued,
    consent: settings.state.peek().consent === true,
    linked: link.isOpen.peek(),
    training,
    report,
    live: live.kind === 'live' ? live.held.version : null,
  };
}

/** Keys of the labels that people of the room gave. */
export function ownLabelsOf({ hub }: Session): readonly string[] {
  return hub.news.peek().room?.labels.map(({ label }) => label) ?? [];
}

/** One line: backend, time and version. */
export function readoutOf({ models, seen }: Session, language: Language): string {
  const live = models.state.peek();
  if (live.kind !== 'live') return '';
  const pace = seen.pace.peek();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const { choice, detail, held } = live;
  const parts = [`${choice.backend} ${detail}`.trim(), ...(pace ? [`${number.format(pace.ms)} ms`] : [])];
  return [...parts, `v${String(held.version)}`].join(' · ');
}

/** The longer readout of the settings, a line each. */
export function detailsOf(session: Session, { language, messages }: Locale): readonly string[] {
  const live = session.models.state.peek();
  const pace = session.seen.pace.peek();
  const { refused } = session.outbox.counts.peek();
  return [
    ...(live.kind === 'live' ? [`${readoutOf(session, language)} · ${live.held.hash.slice(0, 8)}`] : []),
    ...(pace ? [`${pace.framesPerSecond.toFixed(0)} fps`] : []),
    ...(live.kind === 'live' ? live.measured.map((one) => measuredText(one, messages)) : []),
    ...(refused > 0 ? [messages.refusedItems(refused)] : []),
  ];
}

/** People's labels that the parent got all wrong and this version has figures for: what is new in it. */
export function newKeysOf({ classes, verdict }: Report, room: RoomState | null): readonly string[] {
  if (verdict === 'refused') return [];
  const own = new Set(room?.labels.map(({ label }) => label));
  return classes.filter(({ label, rightBefore }) => rightBefore === 0 && own.has(label)).map(({ label }) => label);
}

function measuredText(measured: Measured, messages: Messages): string {
  switch (measured.kind) {
    case 'right':
      return `${measured.backend} ${measured.ms.toFixed(1)} ms`;
    case 'wrong':
      return `${measured.backend}: ${messages.measuredWrong}`;
    case 'absent':
      return `${measured.backend}: ${messages.measuredAbsent}`;
    default:
      return measured satisfies never;
  }
}
