/** `occhio serve`: runs the hub until it is told to stop. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { renderUnicodeCompact } from 'uqr';
import { CorruptCertificateError } from '../../certs/certificates.ts';
import type { Config } from '../config.ts';
import { readConfig } from '../config.ts';
import { ListenError } from '../net/listener.ts';
import { createLog, logLevels } from '../observe/log.ts';
import type { Hub } from '../service.ts';
import { startHub } from '../service.ts';
import { DataInUseError } from '../store/data-lock.ts';
import { createLearning } from '../training/learning.ts';
import { RoundError } from '../training/round/round-process.ts';
import { BadInput } from '../bad-input.ts';

type ServeOptions = Readonly<Record<string, unknown>> & { readonly open?: boolean };

export function serveCommand(): Command {
  return new Command('serve')
    .description('Runs the hub and the app: on this computer at localhost, for phones over HTTPS.')
    .addOption(new Option('--port <port>', 'HTTP, for this computer only').env('OCCHIO_PORT'))
    .addOption(new Option('--https-port <port>', 'HTTPS, for phones').env('OCCHIO_HTTPS_PORT'))
    .addOption(new Option('--host <address>', 'the address at which phones reach this computer').env('OCCHIO_HOST'))
    .addOption(new Option('--data <folder>', 'where samples and models lie').env('OCCHIO_DATA').argParser(resolvePath))
    .addOption(new Option('--certs <folder>', 'where certificates lie').env('OCCHIO_CERTS').argParser(resolvePath))
    .option('--no-tls', 'for this computer only, no HTTPS')
    .option('--backend <name>', 'the engine that trains')
    .option('--threads <count>', 'threads of the trainer')
    .option('--round-seconds <count>', 'how long a round may take; the less, the less deep it trains')
    .addOption(new Option('--log-level <level>').choices(logLevels).env('OCCHIO_LOG_LEVEL'))
    .option('--open', 'opens the app in the browser')
    .action(async ({ open = false, ...given }: ServeOptions) => {
      const config = readConfig(given);
      if ('problem' in config) throw new BadInput(config.problem);
      await serve(config, open);
    });
}

/** `argParser` hands the previous value as well, which `resolve` would take for a folder. */
function resolvePath(path: string): string {
  return resolve(path);
}

async function serve(config: Config, open: boolean): Promise<void> {
  const log = createLog(config.logLevel);
  // Nothing is known about a process in which something unforeseen was thrown: what was acknowledged is on the disk.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the hub ends, something unforeseen was thrown');
    process.exit(1);
  });
  const hub = await start(config, log);
  stopOnSignal(hub);
  process.stdout.write(banner(hub, config));
  if (hub.httpsPort !== null && process.stdin.isTTY)
    process.stdin.on('data', () => {
      hub.invite();
    });
  if (open) openInBrowser(hub.localUrl);
}

async function start(config: Config, log: ReturnType<typeof createLog>): Promise<Hub> {
  try {
    return await startHub({ config, log, createLearning, invite: showInvitation });
  } catch (error) {
    if (error instanceof DataInUseError)
      throw new BadInput(`${error.message} Stop that one, or choose another folder with --data.`);
    if (error instanceof ListenError && error.kind === 'in-use')
      throw new BadInput(
        `Port ${String(error.port)} is in use. Stop what uses it, or choose another with --port and --https-port.`,
      );
    if (error instanceof ListenError || error instanceof CorruptCertificateError || error instanceof RoundError)
      throw new BadInput(error.message);
    throw error;
  }
}

function stopOnSignal(hub: Hub): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    process.stdout.write('Stopping. Once more to stop at once.\n');
    void hub.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function showInvitation(urls: readonly string[]): void {
  const [first = ''] = urls;
  process.stdout.write(
    `\nA phone pairs with this code, once, within 15 minutes (Enter shows a new one):\n\n${renderUnicodeCompact(first, { border: 2 })}\n\n${urls.map((url) => `  ${url}\n`).join('')}`,
  );
}

function banner({ localUrl, certificates, backend, httpsPort }: Hub, config: Config): string {
  const network = certificates
    ? `port ${String(httpsPort)}; its certificate is good until ${certificates.validUntil.toISOString().slice(0, 10)}, and /trust says how a phone comes to trust it`
    : 'off (--no-tls)';
  return `
Occhio runs.

  This computer  ${localUrl}
  Network        ${network}
  Training       ${backend}
  Data           ${config.data}

`;
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

function openInBrowser(url: string): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  // Where nothing can open it, the address stands on the screen all the same.
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
