/** Situations in words. */
import type { Report } from '../../protocol/messages/report.ts';
import type { Dropped } from '../capture/burst-picker.ts';
import type { Lesson } from '../capture/corrections.ts';
import type { SourceProblem } from '../camera/frame-source.ts';
import type { Messages } from '../i18n/messages.ts';
import type { LinkState } from '../link/link.ts';

type LinkRefusal = Extract<LinkState, { kind: 'refused' }>['why'];

export function problemText(problem: SourceProblem, messages: Messages): string {
  return {
    denied: messages.cameraDenied,
    none: messages.cameraNone,
    busy: messages.cameraBusy,
    insecure: messages.cameraInsecure,
    unplugged: messages.cameraUnplugged,
    unreadable: messages.cameraUnreadable,
  }[problem];
}

export function refusalText(why: LinkRefusal, messages: Messages): string {
  return {
    version: messages.linkVersion,
    'not-paired': messages.linkNotPaired,
    removed: messages.linkRemoved,
    'hub-too-old': messages.linkHubTooOld,
  }[why];
}

/** Of the classes that fell, so many are named. */
const mostFallen = 5;

/** What the gate decided and why, from its figures: the classes that fell, the largest falls first, by their `name`. */
export function verdictText(
  { verdict, classes }: Pick<Report, 'verdict' | 'classes'>,
  name: (label: string) => string,
  messages: Messages,
): string {
  const fallOf = ({ rightBefore, rightAfter }: Report['classes'][number]): number => rightBefore - rightAfter;
  const fallen = classes.filter((one) => fallOf(one) > 0).sort((a, b) => fallOf(b) - fallOf(a));
  if (fallen.length === 0) return messages.verdictText[verdict];
  const named = fallen
    .slice(0, mostFallen)
    .map(({ label, rightBefore, rightAfter, n }) => messages.fall(name(label), rightBefore, rightAfter, n));
  const fell = verdict === 'refused' ? messages.fell : messages.fellByChance;
  return `${messages.verdictText[verdict]} ${fell(named.join(', '), fallen.length - named.length)}`;
}

/** What was learned under `name`; of a burst that looked at more frames than it kept, how many and why. */
export function learnedText({ events, dropped }: Lesson, name: string, messages: Messages): string {
  const [kept, why] = [events.length, dropped ? droppedText(dropped, messages) : ''];
  if (!dropped || !why) return messages.learnedHere(name, kept);
  const looked = kept + dropped.alike + dropped.blurred + dropped.dark;
  return [messages.learnedHere(name, 1), messages.burstProgress(kept, looked), why].join('. ');
}

/** Why frames of a burst were not kept; empty when all were. */
export function droppedText({ alike, blurred, dark }: Dropped, messages: Messages): string {
  const why = [
    ...(alike > 0 ? [messages.burstAlike(alike)] : []),
    ...(blurred > 0 ? [messages.burstBlurred(blurred)] : []),
    ...(dark > 0 ? [messages.burstDark(dark)] : []),
  ];
  return why.length > 0 ? messages.burstDropped(why.join(', ')) : '';
}

export function linkText(link: LinkState, messages: Messages): string {
  switch (link.kind) {
    case 'stopped':
      return messages.linkStopped;
    case 'connecting':
      return messages.linkConnecting;
    case 'open':
      return `${messages.linkOpen(link.welcome.hubName)} · ${messages.trainsOn(link.welcome.trainerBackend)}`;
    case 'waiting':
      return messages.linkWaiting;
    case 'refused':
      return refusalText(link.why, messages);
    default:
      return link satisfies never;
  }
}
