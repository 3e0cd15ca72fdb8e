/** How Chromium is started where there may be no graphics processor, no camera and no ordinary user. */
export const chromiumArgs: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  '--use-fake-device-for-media-stream',
];
