/**
 * A video element that plays in its place and without sound. Each start of a source takes a new one: a page that is about to
 * take the old one away would interrupt its playing.
 */
export function silentVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  return video;
}
