/**
 * The engine on tfjs' backend webgpu keeps the promises of a Trainer, on whatever adapter there is, software too; and what
 * it does when its device is gone, when the memory is not enough, and at the end.
 */
import { fileURLToPath } from 'node:url';
import { findBackend, memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ModelSpec } from '../../../../protocol/learning/model-spec.ts';
import { createTrainer } from '../../../../server/training/backends.ts';
import type { Absent, Engine } from '../../../../server/training/tfjs/engine.ts';
import { openWebGpu } from '../../../../server/training/tfjs/webgpu.ts';
import { BackendLostError, type Trainer, type TrainerOptions } from '../../../../server/training/trainer.ts';
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';
import { gradientContract } from '../../../contract/gradient-contract.ts';
import { trainerContract } from '../../../contract/trainer-contract.ts';
import { denseNetwork, denseOptions } from '../../../support/dense-network.ts';
import { randomBatch, randomWeights } from '../../../support/random-network.ts';
import { runProcess } from '../../../support/run-process.ts';

vi.stubEnv('OCCHIO_SOFTWARE_GPU', '1');
// A software adapter compiles some of the shaders for a quarter of a minute.
vi.setConfig({ testTimeout: 300_000 });

const { losses } = denseOptions;
const batch = randomBatch(denseNetwork, losses, 4, 1);

function create(options: TrainerOptions): Promise<Trainer> {
  return createTrainer(options, { backend: 'webgpu', threads: 1 });
}

/** A trainer that the test's end disposes of. */
async function start(options: TrainerOptions = denseOptions): Promise<Trainer> {
  const trainer = await create(options);
  onTestFinished(() => trainer.dispose());
  return trainer;
}

const probe = await openWebGpu();
if ('absent' in probe) it.skip(`webgpu trains as the other engines do. ${probe.absent}`);
else {
  probe.close();
  describe('on one device', onOneDevice);
  describe('on devices of their own', onDevicesOfTheirOwn);
}

function onOneDevice(): void {
  let engine: Engine | Absent;

  // Held open throughout: every further device would compile all shaders again.
  beforeAll(async () => {
    engine = await openWebGpu();
  });

  afterAll(() => {
    if (!('absent' in engine)) engine.close();
  });

  trainerContract('webgpu', create);
  gradientContract('webgpu', create);

  it('frees all that a step and a forward pass took', async () => {
    const before = memory();
    const trainer = await create(denseOptions);
    const use = async (): Promise<ReturnType<typeof memory>> => {
      await trainer.step(randomBatch(denseNetwork, losses, 4, 1), 0.01);
      await trainer.forward(randomBatch(denseNetwork, losses, 3, 1).inputs, 3, ['embedding', 'input']);
      await trainer.restore(await trainer.checkpoint());
      return memory();
    };
    const first = await use();
    for (let i = 0; i < 5; i++) await use();
    expect(await use()).toEqual(first);
    await trainer.dispose();
    const { numTensors, numDataBuffers, numBytes } = memory();
    expect({ numTensors, numDataBuffers, numBytes }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numBytes: before.numBytes,
    });
  });

  it('begins a run that the wasm engine goes on with', async () => {
    const trainers = [await create(denseOptions), await createWasmTrainer(denseOptions, { threads: 1 })] as const;
    const [gpu, cpu] = trainers;
    for (let i = 0; i < 3; i++) await gpu.step(randomBatch(denseNetwork, losses, 4, i), 0.01);
    await cpu.restore(await gpu.checkpoint());
    for (const trainer of trainers)
      for (let i = 3; i < 6; i++) await trainer.step(randomBatch(denseNetwork, losses, 4, i), 0.01);
    const [wanted, got] = [await gpu.weights(), await cpu.weights()];
    for (const [name, { values }] of wanted)
      for (const [i, value] of values.entries()) expect(got.get(name)?.values[i], name).toBeCloseTo(value, 5);
    for (const trainer of trainers) await trainer.dispose();
  });
}

function onDevicesOfTheirOwn(): void {
  it('rejects with BackendLostError once the device is gone, and starts anew on another', async () => {
    const trainer = await start();
    await trainer.step(batch, 0.01);
    device().destroy();
    await expect(trainer.step(batch, 0.01)).rejects.toBeInstanceOf(BackendLostError);
    await expect(trainer.weights()).rejects.toBeInstanceOf(BackendLostError);
    await trainer.dispose();
    expect((await (await start()).step(batch, 0.01)).loss).toBeGreaterThan(0);
  });

  it('rejects a step that is under way when the device goes', async () => {
    const trainer = await start();
    const step = trainer.step(batch, 0.01);
    await Promise.resolve(); // The step is recorded on the device, and waits for its answer.
    device().destroy();
    await expect(step).rejects.toBeInstanceOf(BackendLostError);
  });

  it('rejects with BackendLostError and the cause when a tensor is larger than the device allows', async () => {
    const pointwise = { kind: 'conv', kernel: 1, padding: 'same', activation: 'none', batchNorm: false } as const;
    const spec: ModelSpec = {
      name: 'too wide',
      input: [512, 512, 1],
      layers: [
        { ...pointwise, name: 'wide', filters: 2048, stride: 1 },
        { ...pointwise, name: 'narrow', filters: 2, stride: 512 },
        { kind: 'flatten', name: 'embedding' },
        { kind: 'dense', name: 'head', units: 2, activation: 'none' },
      ],
      embedding: 'embedding',
      head: 'head',
    };
    const trainer = await start({ ...denseOptions, spec, weights: randomWeights(spec, 1) });
    const failure: unknown = await trainer.step(randomBatch(spec, losses, 4, 1), 0.01).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BackendLostError);
    expect(failure).toMatchObject({
      cause: expect.any(Error) as Error,
      message: expect.stringContaining('size') as string,
    });
  });

  it('lets the process end once the last trainer is disposed of', async () => {
    const script = fileURLToPath(new URL('../../../support/train-on.ts', import.meta.url));
    const { code, stdout, stderr } = await runProcess(process.execPath, [script, 'webgpu']);
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'trained with tfjs\n' });
  });
}

/** The device under the one backend that is registered as webgpu. */
function device(): GPUDevice {
  return (findBackend('webgpu') as unknown as { readonly device: GPUDevice }).device;
}
