import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { QuestionBudget } from '../../../client/capture/question-budget.ts';
import { openDatabase } from '../../../client/storage/database.ts';
import { otherTabs } from '../../../client/storage/other-tabs.ts';
import { SettingsStore } from '../../../client/storage/settings.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = 1_800_000_000_000;

let places = 0;
const newPlace = (): string => `budget ${String(places++)}`;

async function openBudget(place = newPlace(), clock = { nowMs: startMs }) {
  const settings = await SettingsStore.open(await openDatabase(place), 'en', otherTabs(place));
  const timers = new Map<() => void, number>();
  const budget = new QuestionBudget({
    settings,
    nowMs: () => clock.nowMs,
    after(delayMs, callback) {
      timers.set(callback, clock.nowMs + delayMs);
      return () => timers.delete(callback);
    },
  });
  const pass = (ms: number): void => {
    clock.nowMs += ms;
    for (const [callback, atMs] of timers)
      if (atMs <= clock.nowMs) {
        timers.delete(callback);
        callback();
      }
  };
  /** Asks as often as it may within this time, looking every ten seconds. */
  const askFor = async (ms: number): Promise<number> => {
    let asked = 0;
    for (let passedMs = 0; passedMs < ms; passedMs += 10_000) {
      if (budget.allows()) {
        await budget.spend();
        asked++;
      } else pass(10_000);
    }
    return asked;
  };
  return { budget, settings, place, clock, pass, askFor };
}

it.each([
  ['seldom', 1, 3, 10],
  ['normal', 2, 6, 20],
  ['often', 4, 20, 60],
] as const)('asks %s: at most %i a minute, %i an hour, %i a day', async (level, minute, hour, day) => {
  const { settings, clock, askFor } = await openBudget();
  await settings.write('asking', level);
  expect(await askFor(minuteMs)).toBe(minute);
  clock.nowMs = startMs + 24 * hourMs;
  expect(await askFor(hourMs)).toBe(hour);
  clock.nowMs = startMs + 48 * hourMs;
  expect(await askFor(20 * hourMs)).toBe(day);
});

it('asks never when its owner wants none, and at once when they change their mind', async () => {
  const { budget, settings, askFor } = await openBudget();
  await settings.write('asking', 'never');
  expect(budget.pausedUntilMs.peek()).toBe(Infinity);
  expect(await askFor(48 * hourMs)).toBe(0);
  await settings.write('asking', 'often');
  expect(budget.pausedUntilMs.peek()).toBeNull();
});

it('says until when it asks nothing, and no longer once that time has come', async () => {
  const { budget, pass } = await openBudget();
  await budget.spend();
  expect(budget.pausedUntilMs.peek()).toBeNull();
  pass(20_000);
  await budget.spend();
  expect(budget.pausedUntilMs.peek()).toBe(startMs + minuteMs);
  pass(minuteMs - 20_001);
  expect(budget.pausedUntilMs.peek()).toBe(startMs + minuteMs);
  pass(1);
  expect(budget.pausedUntilMs.peek()).toBeNull();
});

it('gives no new questions to an app that is opened again, nor to another tab', async () => {
  const { place, clock, budget } = await openBudget();
  const tab = await openBudget(place, clock);
  await budget.spend();
  await budget.spend();
  await vi.waitFor(() => {
    expect(tab.budget.allows()).toBe(false);
  });
  const again = await openBudget(place, clock);
  expect(again.budget.pausedUntilMs.peek()).toBe(startMs + minuteMs);
});

it('keeps no more times than count', async () => {
  const { settings, askFor } = await openBudget();
  await askFor(5 * 24 * hourMs);
  expect(settings.state.peek().askedAtMs.length).toBeLessThanOrEqual(20);
});

it('asks again a minute after the clock went back by a year, also when the app is opened again', async () => {
  const { budget, settings, clock, place } = await openBudget();
  await budget.spend();
  await budget.spend();
  clock.nowMs -= 365 * 24 * hourMs;
  expect(budget.allows()).toBe(false);
  await vi.waitFor(() => {
    expect(settings.state.peek().askedAtMs).toEqual([clock.nowMs, clock.nowMs]);
  });
  clock.nowMs += minuteMs;
  expect(budget.allows()).toBe(true);
  const again = await openBudget(place, clock);
  expect(again.budget.allows()).toBe(true);
});
