/** Situations in words. */
import type { Dropped } from '../capture/burst-picker.ts';
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
