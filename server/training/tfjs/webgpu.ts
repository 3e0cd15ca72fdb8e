/** The tfjs backend `webgpu` in Node, through Dawn: Vulkan, Metal or Direct3D 12, without CUDA. */
import { env, getBackend, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { shared, type Absent, type Engine } from './engine.ts';
import { importOptional } from './optional-package.ts';

/** What the npm package `webgpu` exports: the entry point, and the classes and constants of the specification. */
type Dawn = { readonly create: (flags: readonly string[]) => GPU; readonly globals: object };

const backend = 'webgpu';

/** `MatMulPackedProgram` of tfjs: its other programs add up in an order that differs from run to run. */
const repeatableMatMul = 3;

export const openWebGpu = shared(open);

async function open(): Promise<Engine | Absent> {
  const found = await findAdapter();
  if ('absent' in found) return found;
  const { gpu, globals, adapter, name } = found;
  // While there is no navigator.gpu yet: else it registers a factory of its own, which asks for any adapter.
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  // The backend looks for both, as in a browser.
  Object.assign(globalThis, globals);
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  const device = await adapter.requestDevice({ requiredLimits: limitsOf(adapter) }).catch((error: unknown) => {
    forget();
    throw error;
  });
  let failure: Error | undefined;
  void device.lost.then(({ reason, message }) => {
    failure ??= new Error(`The graphics device is gone (${reason}): ${message}`);
  });
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault(); // Else Dawn prints it: the trainer's caller hears of it.
    failure ??= new Error(`The graphics device failed: ${event.error.message}`);
  });
  registerBackend(backend, () => new WebGPUBackend(device, adapter.info));
  env().set('WEBGPU_MATMUL_PROGRAM_TYPE', repeatableMatMul);
  const close = (): void => {
    removeBackend(backend);
    device.destroy();
    forget();
  };
  if (!(await setBackend(backend))) {
    close();
    throw new Error(`tfjs cannot start its backend webgpu on ${name}.`);
  }
  return {
    description: `webgpu (${name}${adapter.info.isFallbackAdapter ? ', software' : ''})`,
    use: () => {
      if (getBackend() !== backend) void setBackend(backend); // At once: it has been started above.
    },
    failure: () => failure,
    close,
  };
}

/** A process whose navigator.gpu is Dawn may not end by itself: https://issues.chromium.org/issues/387965810. */
function forget(): void {
  Reflect.deleteProperty(navigator, 'gpu');
}

async function findAdapter(): Promise<
  (Pick<Dawn, 'globals'> & { readonly gpu: GPU; readonly adapter: GPUAdapter; readonly name: string }) | Absent
> {
  const loaded = await importOptional('webgpu', 'webgpu@0.6.2');
  if ('absent' in loaded) return loaded;
  const { create, globals } = loaded.exports as Dawn; // As its documentation says; it is not there to be read by tsc.
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    return {
      absent: 'Expected a graphics adapter, found none: install its driver (on Linux a Vulkan driver and libvulkan1).',
    };
  const { isFallbackAdapter, description, device, vendor } = adapter.info;
  const name = [description, device, vendor].find((text) => text !== '') ?? 'unnamed adapter';
  // Tests of correctness take what there is; for training, software is slower than the engine `wasm`.
  if (isFallbackAdapter && process.env['OCCHIO_SOFTWARE_GPU'] !== '1')
    return { absent: `Expected a graphics processor, found ${name}, which is software: use the backend wasm.` };
  return { gpu, globals, adapter, name };
}

/** What large networks need beyond the limits that every device has. */
function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  };
}
