/** The choice among the training engines. */
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createTrainer, type BackendChoice } from '../../../server/training/backends.ts';
import type { Engine } from '../../../server/training/tfjs/engine.ts';
import { openWebGpu } from '../../../server/training/tfjs/webgpu.ts';
import type { Trainer } from '../../../server/training/trainer.ts';
import { denseOptions } from '../../support/dense-network.ts';
import { runProcess } from '../../support/run-process.ts';

/** What there is when software counts too; closed again. */
async function anyAdapter(): Promise<Engine | undefined> {
  vi.stubEnv('OCCHIO_SOFTWARE_GPU', '1');
  const engine = await openWebGpu();
  vi.unstubAllEnvs();
  if ('absent' in engine) return undefined;
  engine.close();
  return engine;
}

const adapter = await anyAdapter();
const hasGraphicsProcessor = adapter !== undefined && !adapter.description.endsWith('software)');

async function start(backend: BackendChoice): Promise<Trainer> {
  const trainer = await createTrainer(denseOptions, { backend, threads: 1 });
  onTestFinished(() => trainer.dispose());
  return trainer;
}

for (const name of ['tfjs-node', 'tfjs-node-gpu'] as const) {
  const installed = await import(`@tensorflow/${name}`).then(
    () => true,
    () => false,
  );
  it.skipIf(installed)(`says how to install ${name} when it is named and absent`, async () => {
    await expect(start(name)).rejects.toThrow(`npm install --no-save --save-prod @tensorflow/${name}@4.22.0`);
  });
}

if (hasGraphicsProcessor)
  it('takes the graphics processor by itself', async () => {
    expect((await start('auto')).backend).toBe(adapter.description);
  });
else {
  it('takes wasm by itself where there is no graphics processor', async () => {
    expect((await start('auto')).backend).toMatch(/^wasm /);
  });

  it('says what webgpu lacks when it is named', async () => {
    const why = adapter
      ? 'which is software: use the backend wasm'
      : /npm install --no-save --save-prod webgpu@|install its driver/;
    await expect(start('webgpu')).rejects.toThrow(why);
  });
}

it('loads no tfjs to train with wasm, and lets the process end', async () => {
  const script = fileURLToPath(new URL('../../support/train-on.ts', import.meta.url));
  const { code, stdout, stderr } = await runProcess(process.execPath, [script, 'wasm']);
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'trained without tfjs\n' });
});
