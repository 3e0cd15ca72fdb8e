/**
 * A picture that another app of the device gave to this one. The system posts it to `sharePath`; the service worker, which takes
 * that call with or without a network, puts the picture aside and opens the app at `sharedAddress`, which takes it.
 */

/** As the manifest's `share_target` names them. */
export const sharePath = '/share';
export const sharedField = 'picture';

/** Where the app takes what was put aside. */
export const sharedAddress = '/?camera=shared';

/** Of its own, so that deleting everything takes it along. */
const cacheName = 'occhio-shared';
const keptAt = '/shared-picture';

/** For the service worker: puts the posted picture aside, the newest alone, and answers with the way to it. */
export async function keepSharedPicture(request: Request): Promise<Response> {
  const picture = (await request.formData()).get(sharedField);
  const cache = await caches.open(cacheName);
  if (picture instanceof Blob) await cache.put(keptAt, new Response(picture));
  return Response.redirect(sharedAddress, 303);
}

/** For the page: the picture, which is then no longer kept; undefined when there is none. */
export async function takeSharedPicture(): Promise<Blob | undefined> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(keptAt);
  const picture = await kept?.blob();
  await cache.delete(keptAt);
  return picture;
}
