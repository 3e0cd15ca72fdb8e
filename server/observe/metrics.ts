/** Figures for Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Answer } from '../net/router.ts';

/** What became of something that a device sent. */
type Outcome = { readonly kind: 'stored' } | { readonly kind: 'refused'; readonly code: string };

export class Metrics {
  readonly #registry = new Registry();
  readonly #received = new Counter({
    name: 'occhio_received_total',
    help: 'Samples and label events from devices, by what became of them: stored, failed, or the code of a refusal',
    labelNames: ['what', 'outcome'],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'occhio_store_seconds',
    help: 'From a message to its commit',
    labelNames: ['what'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers: [this.#registry],
  });

  constructor(connections: () => number) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'occhio_connections',
      help: 'Sockets that are open',
      registers: [this.#registry],
      collect() {
        this.set(connections());
      },
    });
  }

  /** Counts and times what `work` does. */
  async received<Result extends Outcome>(what: 'sample' | 'label-event', work: Promise<Result>): Promise<Result> {
    const stop = this.#seconds.startTimer({ what });
    let outcome = 'failed';
    try {
      const result = await work;
      outcome = result.kind === 'stored' ? 'stored' : result.code;
      return result;
    } finally {
      stop();
      this.#received.inc({ what, outcome });
    }
  }

  async answer(): Promise<Answer> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
