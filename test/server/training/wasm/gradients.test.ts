/** The wasm engine's gradients, on one thread and on several, in both builds. */
import { createWasmTrainer } from '../../../../server/training/wasm/wasm-trainer.ts';
import { gradientContract } from '../../../contract/gradient-contract.ts';

gradientContract('wasm on one thread', (options) => createWasmTrainer(options, { threads: 1 }));
gradientContract('wasm on two threads', (options) => createWasmTrainer(options, { threads: 2 }));
gradientContract('wasm without relaxed SIMD', (options) => createWasmTrainer(options, { threads: 2, build: 'simd' }));
