/** Runs a launcher and ends the process with the code that it returns. */
import { SetupError } from './setup-error.mjs';

/** @param {() => Promise<number>} launch */
export async function start(launch) {
  try {
    process.exitCode = await launch();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
