/** The tfjs backends that a device may use. A new one is one file and one line in this table. */
import { wasm } from './backends/wasm.ts';
import { webgl } from './backends/webgl.ts';
import { webgpu } from './backends/webgpu.ts';

export interface Backend {
  /** Makes tfjs use it. False when this device does not have it (or only in software, which is slower than wasm). */
  start(): Promise<boolean>;
  /** A few words about what it runs on, for the readout: "2 threads". Empty when there is nothing to say. */
  detail(): string;
  /** Calls back when the processor that it runs on is gone, once it is in use: nothing can be computed any more. */
  onLost(listener: () => void): void;
}

/** In the order in which they are measured. */
export const backends = { wasm, webgl, webgpu } as const satisfies Record<string, Backend>;

export type BackendName = keyof typeof backends;

export const backendNames = ['wasm', 'webgl', 'webgpu'] as const satisfies readonly BackendName[];
