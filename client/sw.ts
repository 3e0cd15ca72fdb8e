/**
 * The service worker: the app's own files, precached, so that it starts in flight mode. Cached answers keep the headers
 * with which they came, so the page stays cross-origin isolated offline, too. Models are not its business.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { keepSharedPicture, sharePath } from './camera/shared-picture.ts';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    // These are the hub's own pages.
    denylist: [/^\/trust/, /^\/models\//, /^\/healthz/, /^\/metrics/],
  }),
);
registerRoute(sharePath, ({ request }) => keepSharedPicture(request), 'POST');

self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  // The person has agreed to the update.
  if ((data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
