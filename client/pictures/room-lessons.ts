/**
 * What people said on other devices: their newest pictures are learned here, too, so that each device of a room knows what any of
 * them was taught. A version alone knows far less of it (docs/decisions/0008-taught-beside-shipped.md).
 */
import type { SampleId } from '../../protocol/ids.ts';
import { mostExamples } from '../../protocol/learning/heads/examples.ts';
import type { PictureEntry } from '../../protocol/messages/pictures.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { Database, ExampleRecord } from '../storage/database.ts';
import { awaitingWord } from './awaiting-word.ts';

/** Learned together: the more, the fewer fits, and the longer a correction made here has to wait. */
const atOnce = 8;

export type RoomLessonsParts = {
  readonly database: Database;
  readonly recognition: Pick<Recognition, 'learn' | 'forget'>;
  /** A picture of the room; null when it is out of reach. */
  readonly jpeg: (sample: SampleId) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Something may have been learned or forgotten. */
  readonly onLesson: () => void;
};

type Entries = ReadonlyMap<SampleId, PictureEntry>;

export class RoomLessons {
  readonly #parts: RoomLessonsParts;
  #entries: Entries = new Map();
  #stale = false;
  #busy = false;

  constructor(parts: RoomLessonsParts) {
    this.#parts = parts;
  }

  /**
   * Learns what is among the newest words of the room and was said elsewhere, and forgets what no longer is. What cannot be had or
   * kept now waits for the next call. While it works, another call makes it look again when it is through. Never rejects.
   */
  async follow(entries: Entries): Promise<void> {
    this.#entries = entries;
    this.#stale = true;
    if (this.#busy) return;
    this.#busy = true;
    while (this.#stale) {
      this.#stale = false;
      // What failed may have been learned in part.
      if (await this.#catchUp().catch(() => true)) this.#parts.onLesson();
    }
    this.#busy = false;
  }

  /** Whether there was something to learn or to forget. */
  async #catchUp(): Promise<boolean> {
    const { database, recognition } = this.#parts;
    const examples = await database.getAll('examples');
    const wanted = newestWords(this.#entries, examples);
    const past = examples.filter(({ ofRoom, event }) => ofRoom && !wanted.has(event)).map(({ event }) => event);
    if (past.length > 0) await recognition.forget(past);
    const held = new Set(examples.map(({ sample }) => sample));
    const missing = [...wanted.values()].filter((sample) => !held.has(sample));
    for (let i = 0; i < missing.length; i += atOnce) await this.#learn(missing.slice(i, i + atOnce));
    return past.length + missing.length > 0;
  }

  async #learn(samples: readonly SampleId[]): Promise<void> {
    const { database, recognition, jpeg } = this.#parts;
    const pictures = await Promise.all(samples.map(async (sample) => ({ sample, jpeg: await jpeg(sample) })));
    // Fetching takes a while: what was said of it in the meantime, here or elsewhere, comes first.
    const awaiting = await awaitingWord(database);
    const lessons = pictures.flatMap(({ sample, jpeg }): ExampleRecord[] => {
      const said = this.#entries.get(sample)?.said;
      if (!jpeg || !said || awaiting.has(sample)) return [];
      return [{ sample, event: said.event, label: said.label, jpeg, ofRoom: true }];
    });
    if (lessons.length > 0) await recognition.learn(lessons);
  }
}

/** By their events, which sort by time: as many as make a head, of those that were said here and elsewhere. */
function newestWords(entries: Entries, examples: readonly ExampleRecord[]): ReadonlyMap<string, SampleId> {
  const words = new Map<string, SampleId>();
  for (const { event, sample, unsaid, ofRoom } of examples) if (!unsaid && !ofRoom) words.set(event, sample);
  for (const { sample, said } of entries.values()) if (said) words.set(said.event, sample);
  return new Map([...words].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-mostExamples));
}
