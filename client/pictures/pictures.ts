/** The room's pictures, those of this device and those that the hub tells of, as one list; without the hub as it last was. */
import pLimit from 'p-limit';
import type { DownMessage } from '../../protocol/down.ts';
import type { DeviceId, SampleId } from '../../protocol/ids.ts';
import type { PictureEntry, Pictures as PicturesPage } from '../../protocol/messages/pictures.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { LinkState } from '../link/link.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { Database } from '../storage/database.ts';
import { followHub } from './follow-hub.ts';
import { OwnMessages } from './own-messages.ts';
import { PictureCache } from './picture-cache.ts';
import { PictureFetcher } from './picture-fetcher.ts';
import type { Picture } from './picture.ts';
import { picturesOf } from './picture.ts';
import { RoomLessons } from './room-lessons.ts';

export type PicturesParts = {
  readonly database: Database;
  readonly device: DeviceId;
  readonly link: { readonly state: Readable<LinkState>; send(message: UpMessage): void };
  /** Changes whenever the outbox has changed. */
  readonly outboxCounts: Readable<unknown>;
  readonly recognition: Pick<Recognition, 'learn' | 'forget'>;
  /** Something was learned of what was said on other devices, or forgotten. */
  readonly onLesson: () => void;
  /** See `followHub`. */
  readonly erasing: () => boolean;
};

/** Whether the hub tells of its pictures. */
export type Telling = 'out-of-reach' | 'reading' | 'told';

export class Pictures {
  readonly #parts: PicturesParts;
  readonly #cache: PictureCache;
  readonly #own: OwnMessages;
  readonly #fetcher: PictureFetcher;
  readonly #lessons: RoomLessons;
  readonly #all = new Cell<readonly Picture[] | null>(null);
  readonly #telling = new Cell<Telling>('out-of-reach');
  #entries: Map<SampleId, PictureEntry> | undefined;
  #watchers = 0;
  #stale = false;
  /** Whether the hub has been asked and has not answered, and whether something has changed since. */
  #asked: 'no' | 'once' | 'again' = 'no';
  /** Whether something that was told may not have been learned: what could not be fetched when the link ended is not told again. */
  #toLearn = true;
  /** Reads and writes of the database, one after the other. */
  readonly #turns = pLimit(1);

  constructor(parts: PicturesParts) {
    this.#parts = parts;
    this.#cache = new PictureCache(parts.database);
    this.#own = new OwnMessages(parts.database);
    this.#fetcher = new PictureFetcher((message) => {
      parts.link.send(message);
    });
    this.#lessons = new RoomLessons({
      ...parts,
      jpeg: async (sample) => (await this.here(sample)) ?? this.#fetch(sample),
    });
    parts.link.state.subscribe((state) => {
      if (state.kind !== 'open') {
        this.#fetcher.giveUp();
        this.#asked = 'no';
        this.#toLearn = true;
      }
      this.#ask();
    });
    parts.outboxCounts.subscribe(() => {
      this.refresh();
    });
  }

  /** Newest first; null before they were read. They are kept up to date while someone watches. */
  get all(): Readable<readonly Picture[] | null> {
    return this.#all;
  }

  get telling(): Readable<Telling> {
    return this.#telling;
  }

  /** Reads what is here, and again whenever something has changed, until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    this.refresh();
    return () => {
      this.#watchers -= 1;
    };
  }

  receive(message: DownMessage): void {
    this.#fetcher.receive(message);
    if (message.type === 'room-state') this.#ask();
    else if (message.type === 'pictures') void this.#inTurn(() => this.#take(message));
  }

  /** Reads again what is here: something was said or learned. */
  refresh(): void {
    if (this.#watchers === 0 || this.#stale) return;
    this.#stale = true;
    void this.#inTurn(() => this.#read());
  }

  /** The picture's bytes, from here or from the hub, and kept here then; null when they are out of reach. */
  async jpeg(sample: SampleId): Promise<Uint8Array<ArrayBuffer> | null> {
    const here = await this.here(sample);
    if (here) return here;
    const jpeg = await this.#fetch(sample);
    // Where the device is full it is fetched again another time.
    if (jpeg) await this.#cache.keep(sample, jpeg).catch(() => undefined);
    return jpeg;
  }

  /** The same for those that are on this device. */
  here(sample: SampleId): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#cache.find(sample);
  }

  /** These were deleted here: nothing of them stays, and the list shows them no more. */
  dropped(samples: readonly SampleId[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#cache.drop(samples);
      this.#own.forget(new Set(samples));
      await this.#read();
    });
  }

  get #linked(): boolean {
    return this.#parts.link.state.peek().kind === 'open';
  }

  async #fetch(sample: SampleId): Promise<Uint8Array<ArrayBuffer> | null> {
    const jpeg = this.#linked ? await this.#fetcher.fetch(sample) : null;
    return jpeg && new Uint8Array(jpeg);
  }

  #ask(): void {
    if (!this.#linked) {
      this.#telling.set('out-of-reach');
      return;
    }
    if (this.#telling.peek() !== 'told') this.#telling.set('reading');
    if (this.#asked !== 'no') {
      this.#asked = 'again';
      return;
    }
    this.#asked = 'once';
    void this.#inTurn(async () => {
      this.#parts.link.send({ type: 'pictures-request', after: await this.#cache.cursor() });
    });
  }

  async #take(page: PicturesPage): Promise<void> {
    await this.#cache.take(page);
    if (page.fresh) this.#entries = undefined;
    const entries = await this.#known();
    for (const entry of page.entries) entries.set(entry.sample, entry);
    for (const sample of page.gone) entries.delete(sample);
    this.#own.listed(new Set([...page.entries.map(({ sample }) => sample), ...page.gone]));
    this.#toLearn ||= page.entries.length > 0 || page.gone.length > 0;
    await followHub(page, this.#parts);
    // A large room comes in many pages: the first ones are shown at once, all others together.
    if (this.#watchers > 0 && (!page.more || this.#all.peek()?.length === 0)) await this.#read();
    const again = page.more || this.#asked === 'again';
    this.#asked = 'no';
    if (again) this.#ask();
    if (page.more) return;
    if (this.#linked) this.#telling.set('told');
    if (this.#toLearn) void this.#lessons.follow(entries);
    this.#toLearn = false;
  }

  async #read(): Promise<void> {
    this.#stale = false;
    const entries = await this.#known();
    const own = await this.#own.read();
    this.#all.set(picturesOf({ device: this.#parts.device, entries: entries.values(), ...own }));
  }

  /** The hub's entries as they were kept, and as they have come since. */
  async #known(): Promise<Map<SampleId, PictureEntry>> {
    this.#entries ??= new Map((await this.#cache.entries()).map((entry) => [entry.sample, entry]));
    return this.#entries;
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    // A failed step (a full or broken database) leaves everything as it was; the next change tries again.
    return this.#turns(step).catch(() => undefined);
  }
}
