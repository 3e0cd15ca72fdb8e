/** The WebAssembly kernels as the engine sees them: what each takes, and which of the two builds this machine runs. */
import { readFile } from 'node:fs/promises';

/**
 * Arguments of every kernel, in order. Sizes and strides count floats, pointers are byte offsets into the shared memory,
 * `accumulate` is 0 (write) or 1 (add). The kernels' own files say what they do.
 */
export type KernelArguments = {
  barrier: [state: number, threads: number];
  gemm: [
    ...[m: number, n: number, k: number],
    ...[a: number, aRowStride: number, aColumnStride: number],
    ...[b: number, bRowStride: number, bColumnStride: number],
    ...[c: number, cRowStride: number, accumulate: number, scratch: number],
  ];
  gemmPacked: [
    ...[m: number, n: number, k: number],
    ...[a: number, aRowStride: number, aColumnStride: number, packedB: number],
    ...[c: number, cRowStride: number, accumulate: number, scratch: number],
  ];
  packB: [n: number, k: number, b: number, rowStride: number, columnStride: number, target: number];
  depthwise: [
    ...[padded: number, paddedWidth: number, channels: number, side: number, stride: number],
    ...[kernel: number, tapStride: number, target: number, height: number, width: number, accumulate: number],
  ];
  depthwiseKernelGradient: [
    ...[padded: number, paddedWidth: number, channels: number, side: number, stride: number],
    ...[gradient: number, height: number, width: number, kernelGradient: number],
  ];
  pad: [
    ...[source: number, height: number, width: number, channels: number, top: number, left: number, spacing: number],
    ...[target: number, paddedHeight: number, paddedWidth: number],
  ];
  crop: [
    ...[padded: number, paddedHeight: number, paddedWidth: number, channels: number, top: number, left: number],
    ...[target: number, height: number, width: number, accumulate: number],
  ];
  unfold: [
    ...[padded: number, paddedWidth: number, channels: number, kernel: number, stride: number],
    ...[firstRow: number, rows: number, outputWidth: number, target: number],
  ];
  fold: [
    ...[padded: number, paddedWidth: number, channels: number, kernel: number, stride: number],
    ...[firstRow: number, rows: number, outputWidth: number, source: number],
  ];
  zero: [target: number, bytes: number];
  accumulate: [target: number, source: number, count: number, accumulate: number];
  addTensors: [a: number, b: number, target: number, count: number];
  biasActivate: [y: number, rows: number, columns: number, rowStride: number, bias: number, low: number, high: number];
  biasGradient: [
    ...[gradient: number, y: number, rows: number, columns: number, low: number, high: number, sums: number],
  ];
  activationGradient: [gradient: number, y: number, count: number, low: number, high: number];
  columnSums: [x: number, rows: number, columns: number, rowStride: number, sums: number];
  moments: [z: number, rows: number, channels: number, origin: number, sums: number];
  batchCoefficients: [
    ...[channels: number, sums: number, parts: number, partStride: number, count: number, origin: number],
    ...[gamma: number, beta: number, coefficients: number, epsilon: number],
  ];
  movingCoefficients: [
    ...[channels: number, gamma: number, beta: number, movingMean: number, movingVariance: number],
    ...[coefficients: number, epsilon: number],
  ];
  moveStatistics: [count: number, moving: number, batch: number, momentum: number];
  normalize: [z: number, rows: number, channels: number, coefficients: number, y: number, low: number, high: number];
  normGradientSums: [
    ...[gradient: number, z: number, rows: number, channels: number, coefficients: number],
    ...[low: number, high: number, sums: number],
  ];
  normGradientFactors: [
    ...[channels: number, sums: number, parts: number, partStride: number, count: number],
    ...[coefficients: number, factors: number, gammaGradient: number, betaGradient: number],
  ];
  normGradient: [gradient: number, z: number, rows: number, channels: number, factors: number];
  maxPool: [
    ...[source: number, height: number, width: number, channels: number, side: number, stride: number],
    ...[top: number, left: number, target: number, outputHeight: number, outputWidth: number],
  ];
  maxPoolGradient: [
    ...[source: number, height: number, width: number, channels: number, side: number, stride: number],
    ...[top: number, left: number, output: number, outputHeight: number, outputWidth: number],
    ...[outputGradient: number, sourceGradient: number],
  ];
  biasPool: [
    ...[sums: number, height: number, width: number, channels: number, side: number, stride: number],
    ...[top: number, left: number, bias: number, low: number, high: number],
    ...[y: number, winners: number, outputHeight: number, outputWidth: number],
  ];
  listByChannel: [
    ...PoolWinners,
    ...[origin: number, line: number, pixel: number, targetBytes: number, sums: number, list: number],
  ];
  listByPixel: [...PoolWinners, ...[origin: number, line: number, pixel: number, weightBytes: number, list: number]];
  gatherRows: [list: number, room: number, source: number, target: number, floats: number];
  transpose: [
    ...[source: number, rows: number, columns: number, sourceStride: number],
    ...[target: number, targetStride: number],
  ];
  averagePool: [source: number, cells: number, channels: number, target: number];
  averagePoolGradient: [outputGradient: number, cells: number, channels: number, target: number, accumulate: number];
  softmaxCrossEntropy: LossArguments;
  cosine: LossArguments;
  adam: [
    ...[count: number, weights: number, first: number, second: number],
    ...[gradients: number, parts: number, partStride: number, hyper: number, weightDecay: number],
  ];
  sgd: [
    ...[count: number, weights: number, velocity: number],
    ...[gradients: number, parts: number, partStride: number, hyper: number, weightDecay: number],
  ];
};

type PoolWinners = [
  ...[gradients: number, winners: number, height: number, width: number, channels: number],
  ...[side: number, stride: number],
];

type LossArguments = [
  ...[rows: number, units: number, outputs: number, targets: number, exampleWeights: number, factor: number],
  ...[gradients: number, accumulate: number, losses: number, hits: number],
];

export type KernelName = keyof KernelArguments;

export type Kernels = { readonly [K in KernelName]: (...args: KernelArguments[K]) => void } & {
  /** Bytes of scratch that `gemm` and `gemmPacked` need. */
  readonly gemmScratchBytes: () => number;
};

export type KernelBuild = 'relaxed' | 'simd';

/** What people read in `Trainer.backend`. */
export const buildNames = { relaxed: 'relaxed SIMD', simd: 'SIMD' } as const satisfies Record<KernelBuild, string>;

/**
 * Compiles `build`, by default the fastest that this runtime validates. Rejects with an Error when the kernels have not
 * been built.
 */
export async function compileKernels(
  build?: KernelBuild,
): Promise<{ readonly build: KernelBuild; readonly module: WebAssembly.Module }> {
  if (build) return { build, module: await WebAssembly.compile(await readBuild(build)) };
  const bytes = await readBuild('relaxed');
  return WebAssembly.validate(bytes)
    ? { build: 'relaxed', module: await WebAssembly.compile(bytes) }
    : { build: 'simd', module: await WebAssembly.compile(await readBuild('simd')) };
}

/** An instance of the kernels on `memory`. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const instance = new WebAssembly.Instance(module, { env: { memory, exp: Math.exp, log: Math.log } });
  // The module is built from kernels.as.ts beside this file, whose exports KernelArguments describes.
  return instance.exports as unknown as Kernels;
}

async function readBuild(build: KernelBuild): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(`./build/kernels-${build}.wasm`, import.meta.url);
  return new Uint8Array(
    await readFile(url).catch((cause: unknown) => {
      throw new Error('The training kernels are not built: run node server/training/wasm/build-kernels.mjs.', {
        cause,
      });
    }),
  );
}
