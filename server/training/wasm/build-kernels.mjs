/** Compiles the kernels twice, with relaxed SIMD and without, to build/. Run: node server/training/wasm/build-kernels.mjs */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const builds = {
  'kernels-relaxed.wasm': ['simd', 'threads', 'relaxed-simd'],
  'kernels-simd.wasm': ['simd', 'threads'],
};

const folder = fileURLToPath(new URL('.', import.meta.url));
await mkdir(`${folder}build`, { recursive: true });
for (const [file, features] of Object.entries(builds)) {
  const { error, stderr } = await asc.main([
    'kernels/kernels.as.ts',
    ...['--baseDir', folder, '--outFile', `build/${file}`],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', features.join(',')],
    ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--noExportMemory'],
  ]);
  if (error) throw new Error(`The kernels do not compile to ${file}:\n${stderr.toString()}`, { cause: error });
}
