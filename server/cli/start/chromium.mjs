/** The Chromium that the browser tests drive. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './setup-error.mjs';
import { step } from './step.mjs';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPrograms = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Path of a Chromium: CHROME_PATH, or the first on PATH. Where there is none, Debian's package is installed if we may.
 * @throws {SetupError} when there is none and we may not
 */
export async function ensureChromium() {
  const present = findChromium();
  if (present !== undefined) return present;
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0)
    throw new SetupError(
      'The browser tests need Chromium, and there is none on PATH. Install it (Debian, Ubuntu: `sudo apt-get install chromium`),\n' +
        'or set CHROME_PATH to the program of a Chromium or Chrome that you have.',
    );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Fetching the list of Debian packages', 'apt-get', ['update'], { env });
  await step('Installing Chromium', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  const installed = findChromium();
  if (installed === undefined)
    throw new SetupError('Debian’s package chromium is installed, and yet there is no `chromium` on PATH.');
  return installed;
}

function findChromium() {
  const { CHROME_PATH: given, PATH: path = '' } = process.env;
  if (given !== undefined) {
    if (isProgram(given)) return given;
    throw new SetupError(`CHROME_PATH should name the program of a Chromium or Chrome, and ${given} is none.`);
  }
  const onPath = path.split(delimiter).flatMap((folder) => programs.map((program) => join(folder, program)));
  return [...onPath, ...macPrograms].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
