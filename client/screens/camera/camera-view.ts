/** What the camera screen says of the session: texts and figures from the cells, no more. */
import type { Report } from '../../../protocol/messages/report.ts';
import type { RoomState } from '../../../protocol/messages/room-state.ts';
import type { Language } from '../../i18n/messages.ts';
import type { Situation } from '../../progress/progress.ts';
import type { Session } from '../../session.ts';

export function situationOf({ outbox, settings, link, hub, models }: Session): Situation {
  const live = models.state.peek();
  const { training, report } = hub.news.peek();
  return {
    queued: outbox.counts.peek().queued,
    consent: settings.state.peek().consent === true,
    linked: link.isOpen.peek(),
    training,
    report,
    live: live.kind === 'live' ? live.held.version : live.kind === 'loading' ? 'loading' : null,
  };
}

/** One short line, on small phones, too: backend, time for a frame, frames in a second, and version. */
export function readoutOf({ models, seen }: Session, language: Language): string {
  const live = models.state.peek();
  if (live.kind !== 'live') return '';
  const pace = seen.pace.peek();
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  const { choice, held } = live;
  const speed = pace ? [`${number.format(pace.ms)} ms`, `${number.format(pace.framesPerSecond)} fps`] : [];
  return [choice.backend, ...speed, `v${String(held.version)}`].join(' · ');
}

/** The version from which the one that the report is about was made, while the hub is in reach: it has them all. */
export function parentVersionOf({ hub, versions, link }: Session): number | null {
  const { report } = hub.news.peek();
  if (!report || report.verdict === 'refused' || !link.isOpen.peek()) return null;
  const earlier = versions.known.peek()?.history.versions.filter(({ version }) => version < report.version) ?? [];
  const trained = earlier.find((one) => one.report?.model === report.parent);
  // Else it is a base, of which there is no report.
  return (trained ?? earlier.find((one) => one.report === null))?.version ?? null;
}

/** People's labels that the parent got all wrong and this version has figures for: what is new in it. */
export function newKeysOf({ classes, verdict }: Report, room: RoomState | null): readonly string[] {
  if (verdict === 'refused') return [];
  const own = new Set(room?.labels.map(({ label }) => label));
  return classes.filter(({ label, rightBefore }) => rightBefore === 0 && own.has(label)).map(({ label }) => label);
}
