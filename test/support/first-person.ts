/** A hub and a browser that the tests of one file share, in their order: what a person meets one after the other. */
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Page } from 'playwright-core';
import { seededRandom } from '../../protocol/learning/random.ts';
import type { AppBrowserOptions } from './app-browser.ts';
import { openBrowser } from './app-browser.ts';
import { writeCameraFile } from './fake-camera.ts';
import type { HubProcess } from './hub-process.ts';
import { startHubProcess } from './hub-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type FirstPerson = { readonly page: Page; readonly hub: HubProcess };

/**
 * To be called in a `describe`; the returned function in its tests. `hubArgs` gets a folder for the hub's files; before the camera
 * lies what `toSee` gives, without it Chromium's own test picture.
 */
export function firstPerson(
  options: Omit<AppBrowserOptions, 'profile' | 'camera'>,
  hubArgs: (folder: string) => readonly string[],
  toSee?: () => Promise<readonly Uint8Array[]>,
): () => FirstPerson {
  const ends: (() => unknown)[] = [];
  const atEnd = (end: () => unknown): void => {
    ends.unshift(end);
  };
  let person: FirstPerson | undefined;
  beforeAll(async () => {
    const folder = await temporaryFolder('first minute', atEnd);
    const hub = await startHubProcess(join(folder, 'data'), hubArgs(folder), atEnd);
    const camera = join(folder, 'camera.mjpeg');
    if (toSee) await writeCameraFile(camera, await toSee(), seededRandom(1));
    const { page } = await openBrowser({ profile: folder, ...options, ...(toSee && { camera }) }, atEnd);
    person = { page, hub };
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (!person) throw new Error('Nobody is there before the tests begin.');
    return person;
  };
}
