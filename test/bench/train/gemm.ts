/** How much of the machine's peak the engine's matrix product reaches: the guard against compilers that reorder its loop. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { KernelBuild } from '../../../server/training/wasm/kernels.ts';
import { compileKernels, instantiateKernels } from '../../../server/training/wasm/kernels.ts';

/** Of one thread: 1e9 multiplications and additions a second. */
export type GemmFigures = {
  readonly gflops_per_core: number;
  readonly peak_gflops_per_core: number;
  readonly share: number;
};

/** Below this the loop is not what was written. */
export const leastShare = 0.9;

/** As a program: its types declare arrays and strings of AssemblyScript for the whole of a TypeScript project. */
const compiler = fileURLToPath(new URL('../../../node_modules/assemblyscript/bin/asc.js', import.meta.url));

/** Whole tiles and blocks, and larger than the caches. */
const [m, n, k] = [960, 1024, 1792] as const;
const rounds = 12;
const turns = 20_000_000;

/** Alternates both kernels and takes the best of each, as whatever else runs can only slow them down. */
export async function measureGemm(): Promise<GemmFigures> {
  const { build, module } = await compileKernels();
  const peak = await compilePeak(build);
  const gemm = createGemm(module);
  let [best, bestPeak] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    bestPeak = Math.max(
      bestPeak,
      gflops(turns * 12 * 4 * 2, () => peak(turns, 1e-3)),
    );
    best = Math.max(best, gflops(m * n * k * 2, gemm));
  }
  return { gflops_per_core: best, peak_gflops_per_core: bestPeak, share: best / bestPeak };
}

function gflops(operations: number, run: () => void): number {
  const begun = performance.now();
  run();
  return operations / (performance.now() - begun) / 1e6;
}

function createGemm(module: WebAssembly.Module): () => void {
  const probe = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const a = 65_536;
  const b = a + m * k * 4;
  const c = b + k * n * 4;
  const scratch = c + m * n * 4;
  const bytes = scratch + instantiateKernels(module, probe).gemmScratchBytes();
  const pages = Math.ceil(bytes / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const kernels = instantiateKernels(module, memory);
  new Float32Array(memory.buffer, a, m * k + k * n).forEach((_, i, values) => {
    values[i] = (i % 17) / 17;
  });
  return () => {
    kernels.gemm(m, n, k, a, k, 1, b, n, 1, c, n, 0, scratch);
  };
}

/** The peak kernel, with the features of the engine's own build. */
async function compilePeak(build: KernelBuild): Promise<(turns: number, value: number) => number> {
  const source = fileURLToPath(new URL('.', import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'occhio-bench-'));
  try {
    const file = join(folder, 'peak.wasm');
    const features = build === 'relaxed' ? 'simd,relaxed-simd' : 'simd';
    await promisify(execFile)(process.execPath, [
      ...[compiler, 'peak.as.ts', '--baseDir', source, '--outFile', relative(source, file)],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', features],
    ]);
    const { instance } = await WebAssembly.instantiate(await readFile(file), {});
    // Its one export, declared in peak.as.ts.
    return instance.exports['peak'] as (turns: number, value: number) => number;
  } finally {
    await rm(folder, { recursive: true });
  }
}
