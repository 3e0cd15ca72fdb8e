/**
 * What this device has said and taken, from its outbox. What the hub has acknowledged leaves the outbox, and is remembered here
 * until the hub's list shows it, so that nothing is missing in between.
 */
import type { EventId, SampleId } from '../../protocol/ids.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Database } from '../storage/database.ts';
import type { OwnExample, OwnSample, OwnWord } from './picture.ts';

/** Without the bytes, which the database keeps. */
type Remembered = Omit<OwnSample, 'state'> | LabelEvent;

export type Own = {
  readonly samples: readonly OwnSample[];
  readonly words: readonly OwnWord[];
  readonly examples: readonly OwnExample[];
};

export class OwnMessages {
  readonly #database: Database;
  #waiting: ReadonlyMap<SampleId | EventId, Remembered> = new Map();
  readonly #sent = new Map<SampleId | EventId, Remembered>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads what there is now. */
  async read(): Promise<Own> {
    const [outbox, refused, examples] = await Promise.all([
      this.#database.getAll('outbox'),
      this.#database.getAll('refused'),
      this.#database.getAll('examples'),
    ]);
    const waiting = new Map(outbox.map(({ id, message }) => [id, remembered(message)]));
    const ended = new Set<SampleId | EventId>(refused.map(({ id }) => id));
    for (const [id, message] of this.#waiting) if (!waiting.has(id) && !ended.has(id)) this.#sent.set(id, message);
    this.#waiting = waiting;
    return {
      samples: [
        ...samplesOf(this.#sent.values(), { kind: 'sent' }),
        ...samplesOf(waiting.values(), { kind: 'here' }),
        ...refused.flatMap(({ message, text }) => samplesOf([remembered(message)], { kind: 'refused', why: text })),
      ],
      words: [...wordsOf(this.#sent.values(), false), ...wordsOf(waiting.values(), true)],
      // What nobody said is no picture that was kept, and what was said elsewhere is not this device's.
      examples: examples.filter(({ unsaid, ofRoom }) => !unsaid && !ofRoom),
    };
  }

  /** The hub's list shows these as they are: what is still waiting holds beside it, nothing else. */
  listed(samples: ReadonlySet<SampleId>): void {
    for (const [id, message] of this.#sent) if (samples.has(sampleOf(message))) this.#sent.delete(id);
  }

  /** These are not to be shown any more, whatever became of them. */
  forget(samples: ReadonlySet<SampleId>): void {
    this.listed(samples);
    this.#waiting = new Map([...this.#waiting].filter(([, message]) => !samples.has(sampleOf(message))));
  }
}

function remembered(message: Sample | LabelEvent): Remembered {
  if (message.type === 'label-event') return message;
  const { id, capturedAtMs, reason, prediction } = message;
  return { id, capturedAtMs, reason, prediction };
}

const sampleOf = (message: Remembered): SampleId => ('sample' in message ? message.sample : message.id);

function samplesOf(messages: Iterable<Remembered>, state: OwnSample['state']): readonly OwnSample[] {
  return [...messages].flatMap((message) => ('sample' in message ? [] : [{ ...message, state }]));
}

function wordsOf(messages: Iterable<Remembered>, waiting: boolean): readonly OwnWord[] {
  return [...messages].flatMap((message) => ('sample' in message ? [{ event: message, waiting }] : []));
}
