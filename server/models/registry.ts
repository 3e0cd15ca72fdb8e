/** Which model each room runs, and the files of all of them. */
import type { ModelHash, RoomName } from '../../protocol/ids.ts';
import type { VersionRecord, VersionStore } from '../store/version-store.ts';
import type { ModelFolder } from './model-folder.ts';

/** The files of a candidate that the gate let pass. */
export type CandidateFiles = { readonly model: Uint8Array; readonly delta: Uint8Array };

/** `unknown`: the room has no such promoted version; `gone`: its file is missing. Nothing was changed then. */
export type PinOutcome = 'done' | 'unknown' | 'gone';

/**
 * Guarantees: a version is current only after its files are on the disk; every room begins with a base, and may begin again
 * with another.
 */
export class Registry {
  readonly folder: ModelFolder;
  readonly #versions: VersionStore;
  readonly #installBase: () => Promise<ModelHash>;
  readonly #now: () => number;
  /** Of this run of the hub; a room that comes later takes the same. */
  #base: Promise<ModelHash> | undefined;

  constructor(options: {
    readonly folder: ModelFolder;
    readonly versions: VersionStore;
    /** Puts the base into the folder; called once, when the first room needs it. */
    readonly installBase: () => Promise<ModelHash>;
    /** Milliseconds since 1970. */
    readonly now: () => number;
  }) {
    this.folder = options.folder;
    this.#versions = options.versions;
    this.#installBase = options.installBase;
    this.#now = options.now;
  }

  /** The room's current version; the base as version 1 when the room is new. */
  async current(room: RoomName): Promise<VersionRecord> {
    const known = this.#versions.current(room);
    if (known) return known;
    const model = await this.#installed();
    // Another call for this room may have come first meanwhile.
    return this.#versions.current(room) ?? this.begin(room, model);
  }

  /** Makes a base, whose files are in the folder, the room's next version: what people said is learned anew from there. */
  begin(room: RoomName, model: ModelHash): VersionRecord {
    const first: VersionRecord = {
      room,
      version: this.nextVersion(room),
      model,
      parent: null,
      status: 'promoted',
      report: null,
      figures: null,
      createdAtMs: this.#now(),
      corrections: [],
    };
    this.#versions.unpin(room);
    this.#versions.promote(first);
    return first;
  }

  /** A failure (a full disk) is not remembered: the next room tries again. */
  #installed(): Promise<ModelHash> {
    this.#base ??= this.#installBase().catch((error: unknown) => {
      this.#base = undefined;
      throw error;
    });
    return this.#base;
  }

  /** The version with which the room began, last: what each candidate is trained from. */
  async base(room: RoomName): Promise<VersionRecord> {
    const current = await this.current(room);
    return this.#versions.list(room).findLast(({ parent }) => parent === null) ?? current;
  }

  /** The outcome of the newest round, promoted or refused; the base when there was none. */
  latest(room: RoomName): VersionRecord | null {
    return this.#versions.list(room).at(-1) ?? null;
  }

  /** The room's newest records, newest first. */
  newest(room: RoomName, count: number): readonly VersionRecord[] {
    return this.#versions.list(room).slice(-count).reverse();
  }

  pinned(room: RoomName): boolean {
    return this.#versions.pinned(room);
  }

  /** Makes a version current and keeps it so; null: lets go of it, and the newest promoted one is current again. */
  pin(room: RoomName, version: number | null): PinOutcome {
    const record = this.#versions
      .list(room)
      .findLast((one) => one.status !== 'refused' && (version === null || one.version === version));
    if (!record) return 'unknown';
    if (this.folder.path(record.model) === null) return 'gone';
    if (version === null) this.#versions.unpin(room);
    else this.#versions.pin(room, version);
    return 'done';
  }

  /** The number of the room's next candidate. */
  nextVersion(room: RoomName): number {
    const given = this.#versions.list(room).flatMap(({ status, version }) => (status === 'refused' ? [] : [version]));
    return Math.max(0, ...given) + 1;
  }

  /** Keeps the files, then makes the version current, unless another is pinned. */
  async promote(record: VersionRecord, files: CandidateFiles): Promise<void> {
    await this.folder.write(files.model);
    if (record.parent) await this.folder.writeDelta(record.model, record.parent, files.delta);
    this.#versions.promote(record);
  }

  /** Keeps the verdict, not the files: nobody will run them. */
  refuse(record: VersionRecord): void {
    this.#versions.add(record);
  }
}
