/** What the settings say of the session: names and values, a line each. */
import type { RoomState } from '../../../protocol/messages/room-state.ts';
import type { Language } from '../../i18n/messages.ts';
import type { LiveState } from '../../model/model-updater.ts';
import type { OutboxCounts } from '../../outbox/outbox.ts';
import type { Measured } from '../../recognition/api.ts';
import type { Pace } from '../../seen.ts';
import type { SettingsWords } from './words.ts';

export type Fact = readonly [name: string, value: string];

type Telling = { readonly words: SettingsWords; readonly language: Language };

export function roomFacts(room: RoomState | null, { words, language }: Telling): readonly Fact[] {
  if (!room) return [];
  const number = new Intl.NumberFormat(language);
  return [
    [words.room, room.room],
    [words.current, `v${String(room.current.version)}`],
    [words.devices, number.format(room.devices)],
    [words.pictures, number.format(room.samples)],
    [words.pending, number.format(room.pending)],
  ];
}

/** What nobody waits for is left out. */
export function outboxFacts({ queued, refused }: OutboxCounts, { words, language }: Telling): readonly Fact[] {
  const number = new Intl.NumberFormat(language);
  return [
    [words.waiting, number.format(queued)],
    ...(refused > 0 ? [[words.refused, number.format(refused)] as const] : []),
  ];
}

export function recognitionFacts(live: LiveState, pace: Pace | null, telling: Telling): readonly Fact[] {
  const { words, language } = telling;
  if (live.kind === 'rejected') return [[words.selfTest, `${words.selfTestFailed} ${live.why}`]];
  if (live.kind !== 'live') return [];
  const { choice, detail, held, measured } = live;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const speed = pace && words.speedOf(number.format(pace.ms), number.format(Math.round(pace.framesPerSecond)));
  return [
    [words.model, `v${String(held.version)} · ${held.hash.slice(0, 8)}`],
    [words.backend, `${choice.backend} ${detail}`.trim()],
    ...(speed ? [[words.speed, speed] as const] : []),
    // Nothing goes live before its numbers were checked.
    [words.selfTest, words.selfTestPassed],
    ...measured.map((one) => [one.backend, measuredText(one, number, words)] as const),
  ];
}

function measuredText(measured: Measured, number: Intl.NumberFormat, words: SettingsWords): string {
  switch (measured.kind) {
    case 'right':
      return `${number.format(measured.ms)} ms`;
    case 'wrong':
      return words.measuredWrong;
    case 'absent':
      return words.measuredAbsent;
    default:
      return measured satisfies never;
  }
}
