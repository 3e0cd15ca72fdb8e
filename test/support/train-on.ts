/** A program that trains one step on the backend that it is given, does nothing to end itself, and says what it loaded. */
import { createRequire } from 'node:module';
import { createTrainer, type BackendChoice } from '../../server/training/backends.ts';
import { denseNetwork, denseOptions } from './dense-network.ts';
import { randomBatch } from './random-network.ts';

const backend = process.argv[2] as BackendChoice; // The test's own argument.
const trainer = await createTrainer(denseOptions, { backend, threads: 1 });
await trainer.step(randomBatch(denseNetwork, denseOptions.losses, 4, 1), 0.01);
await trainer.dispose();
const libraries = Object.keys(createRequire(import.meta.url).cache);
const loadsTfjs = libraries.some((path) => path.includes('/tfjs-core/'));
process.stdout.write(`trained ${loadsTfjs ? 'with' : 'without'} tfjs\n`);
