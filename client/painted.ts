/**
 * Resolves when the browser has drawn something of the page and had time for what is on it now, or at once where it will not
 * say so: in a hidden tab, or in a browser that does not tell.
 */
export async function painted(): Promise<void> {
  if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes('paint')) return;
  await new Promise<void>((resolve) => {
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
  });
  // The next frame is about to be drawn when it is announced; when the one after it is, it has been.
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
