/** The tfjs backends on libtensorflow: `tfjs-node` on the processor, `tfjs-node-gpu` on a GPU with CUDA 11.2. */
import { findBackend, getBackend, setBackend } from '@tensorflow/tfjs-core';
import util from 'node:util';
import { shared, type Absent, type Engine } from './engine.ts';
import { importOptional } from './optional-package.ts';

/** The name under which both packages register. */
const backend = 'tensorflow';

export const openTfjsNode = shared(() => open('tfjs-node'));

export const openTfjsNodeGpu = shared(async () => {
  const engine = await open('tfjs-node-gpu');
  if ('absent' in engine) return engine;
  // A field of tfjs-node's own backend class, which is not there to be read by tsc.
  const { isUsingGpuDevice } = findBackend(backend) as unknown as { readonly isUsingGpuDevice: boolean };
  if (isUsingGpuDevice) return engine;
  return { absent: 'tfjs-node-gpu found no GPU: it needs an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1.' };
});

async function open(name: 'tfjs-node' | 'tfjs-node-gpu'): Promise<Engine | Absent> {
  // tfjs-node 4.22 calls a function that Node 23 removed. To go when a release no longer does (tfjs#8609).
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const loaded = await importOptional(`@tensorflow/${name}`, `@tensorflow/${name}@4.22.0`);
  if ('absent' in loaded) return loaded;
  if (!(await setBackend(backend))) throw new Error(`tfjs cannot start its backend ${name}.`);
  return {
    description: name,
    use: () => {
      if (getBackend() !== backend) void setBackend(backend); // At once: it has been started above.
    },
    failure: () => undefined, // It throws at the call that failed.
    close: () => undefined, // libtensorflow stays loaded until the process ends.
  };
}
