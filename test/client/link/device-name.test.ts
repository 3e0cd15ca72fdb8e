import { expect, it } from 'vitest';
import { deviceNameIn } from '../../../client/link/device-name.ts';

const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36';

it.each([
  ['iPhone, Safari', `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${safari}`],
  ['Android, Chrome', `Mozilla/5.0 (Linux; Android 10; K) ${chrome}`],
  ['Android, Firefox', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'],
  ['Mac, Safari', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari}`],
  ['Windows, Edge', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/138.0.0.0`],
  ['Linux, Chrome', `Mozilla/5.0 (X11; Linux x86_64) ${chrome}`],
  ['Browser', 'something else'],
])('calls a device %s', (name, userAgent) => {
  expect(deviceNameIn(userAgent)).toBe(name);
});
