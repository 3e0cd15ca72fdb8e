/** How much one device may send. A pure policy; a handful of messages in flight may pass beyond it. */
import type { Usage } from '../store/sample-store.ts';

const maxSamplesPerHour = 3600;
const maxEventsPerHour = 20_000;
const maxBytesPerDevice = 4 * 1024 ** 3;

/** Why the device may send no more samples for now; null when it may. */
export function sampleQuota(usage: Usage): string | null {
  if (usage.samplesThisHour >= maxSamplesPerHour)
    return `Expected at most ${String(maxSamplesPerHour)} samples an hour from one device. Try again next hour.`;
  if (usage.bytes >= maxBytesPerDevice)
    return `Expected at most ${String(maxBytesPerDevice / 1024 ** 3)} GiB of pictures from one device. Delete samples on the hub.`;
  return null;
}

/** Why the device may send no more label events for now; null when it may. */
export function eventQuota(usage: Usage): string | null {
  if (usage.eventsThisHour < maxEventsPerHour) return null;
  return `Expected at most ${String(maxEventsPerHour)} label events an hour from one device. Try again next hour.`;
}
