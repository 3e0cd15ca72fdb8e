/** A recognition whose answers the test decides, and which remembers what it was asked. */
import type { Asked, Captured, DoubtfulExample, Received, Shown } from '../../client/recognition/api.ts';
import type { Recognition } from '../../client/recognition/start-recognition.ts';
import type { ExampleRecord } from '../../client/storage/database.ts';
import type { ModelHash, SampleId } from '../../protocol/ids.ts';

export class ScriptedRecognition implements Pick<
  Recognition,
  | 'capture'
  | 'study'
  | 'learn'
  | 'forget'
  | 'look'
  | 'ask'
  | 'answered'
  | 'doubts'
  | 'confirm'
  | 'fetch'
  | 'patch'
  | 'show'
  | 'keepOnly'
> {
  readonly learned: ExampleRecord[] = [];
  readonly forgotten: string[] = [];
  readonly looked: number[] = [];
  readonly studied: number[] = [];
  readonly confirmed: string[] = [];
  /** Questions about pictures that are nearly the same as a learned one. */
  readonly alike: SampleId[] = [];
  /** What looks wrong among the learned. */
  readonly doubtful: DoubtfulExample[] = [];
  /** Whether the last frame looked at is worth a question. */
  worthAsking = true;
  readonly captured: number[] = [];
  /** Models that came whole from the hub. */
  readonly fetched: ModelHash[] = [];
  /** Models in the cache. */
  readonly kept = new Set<ModelHash>();
  /** Models whose self-test fails, and parents whose deltas do not fit. */
  readonly bad = new Set<ModelHash>();

  capture(frame: number): Promise<Captured> {
    this.captured.push(frame);
    return Promise.resolve({ jpeg: Uint8Array.of(frame), checksum: new Uint8Array(32), prediction: null });
  }

  study(frame: number): Promise<void> {
    this.studied.push(frame);
    return Promise.resolve();
  }

  learn(examples: readonly ExampleRecord[]): Promise<void> {
    this.learned.push(...examples);
    return Promise.resolve();
  }

  forget(events: readonly string[]): Promise<void> {
    this.forgotten.push(...events);
    return Promise.resolve();
  }

  look(frame: number): Promise<void> {
    this.looked.push(frame);
    return Promise.resolve();
  }

  async ask(): Promise<Asked | null> {
    const frame = this.looked.at(-1);
    if (!this.worthAsking || frame === undefined) return null;
    return { captured: await this.capture(frame), answers: [], reason: 'common' };
  }

  answered(): Promise<readonly SampleId[]> {
    return Promise.resolve(this.alike);
  }

  doubts(): Promise<readonly DoubtfulExample[]> {
    return Promise.resolve(this.doubtful.filter(({ example }) => !this.confirmed.includes(example.event)));
  }

  confirm(event: string): Promise<void> {
    this.confirmed.push(event);
    return Promise.resolve();
  }

  fetch(model: ModelHash): Promise<Received> {
    this.fetched.push(model);
    return this.#keep(model);
  }

  patch(model: ModelHash, parent: ModelHash): Promise<Received> {
    if (this.bad.has(parent)) return Promise.resolve({ kind: 'rejected', why: 'The delta does not fit.' });
    return this.#keep(model);
  }

  show(model: ModelHash): Promise<Shown> {
    if (this.bad.has(model) || !this.kept.has(model))
      return Promise.resolve({ kind: 'rejected', why: 'The self-test found other numbers.' });
    return Promise.resolve({
      kind: 'live',
      labels: [],
      detail: '',
      measured: [],
      choice: { subject: 'test', backend: 'wasm', ms: 5 },
    });
  }

  keepOnly(models: readonly ModelHash[]): Promise<void> {
    for (const model of this.kept) if (!models.includes(model)) this.kept.delete(model);
    return Promise.resolve();
  }

  #keep(model: ModelHash): Promise<Received> {
    this.kept.add(model);
    return Promise.resolve({ kind: 'kept' });
  }
}
