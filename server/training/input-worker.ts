/** A thread that augments: fills one batch of inputs for each request. Wiring only. */
import { parentPort, workerData } from 'node:worker_threads';
import { fillBatch } from './fill-batch.ts';
import type { BatchRequest, InputWorkerData } from './fill-batch.ts';

const port = parentPort;
if (!port) throw new Error('input-worker.ts runs as a worker thread only.');
const data = workerData as InputWorkerData; // made by InputPipeline, the only one that starts this thread

port.on('message', (request: BatchRequest) => {
  fillBatch(data, request);
  port.postMessage(request.batch);
});
