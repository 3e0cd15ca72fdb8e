/** Entry of one engine thread: runs each job that it is sent and says when it is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { createThread, type Job, type ThreadOptions } from './thread.ts';

// Both come from wasm-trainer.ts, which starts this file and sends nothing else.
const run = createThread(workerData as ThreadOptions);
parentPort?.on('message', (job: Job) => {
  run(job);
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
