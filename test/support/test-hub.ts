/** A whole hub in this process, on free ports and in a folder of its own, that does not train unless it is told how. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/observe/log.ts';
import type { Hub } from '../../server/service.ts';
import { startHub } from '../../server/service.ts';
import type { Learning, LearningOptions } from '../../server/training/learning-port.ts';
import { createStillLearning } from './still-learning.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type TestHub = Hub & {
  /** Addresses with pairing tokens, the newest last. */
  readonly invitations: readonly string[];
  readonly dataDir: string;
};

export type TestHubOptions = {
  readonly tls?: boolean;
  /** Where the network reaches it. */
  readonly host?: string;
  readonly app?: string;
  readonly createLearning?: (options: LearningOptions) => Learning;
};

/** Stopped when the test has finished. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const folder = await temporaryFolder();
  const dataDir = join(folder, 'data');
  const { tls = false, host = '127.0.0.1', app = join(folder, 'app'), createLearning = createStillLearning } = options;
  const config = readConfig({
    port: 0,
    httpsPort: 0,
    host,
    data: dataDir,
    certs: join(folder, 'certs'),
    tls,
    app,
  });
  if ('problem' in config) throw new Error(config.problem);
  const invitations: string[] = [];
  const hub = await startHub({
    config,
    log: createLog('silent'),
    createLearning,
    invite: ([url = '']) => invitations.push(url),
  });
  onTestFinished(() => hub.stop());
  return { ...hub, invitations, dataDir };
}
