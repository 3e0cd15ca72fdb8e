/** What the app remembers of itself: who it is, what its owner chose, which models it keeps. */
import type { DeviceId, ModelHash } from '../../protocol/ids.ts';
import { newDeviceId } from '../../protocol/ids.ts';
import type { AskingLevel } from '../../protocol/learning/hardness/asking.ts';
import type { LabelSet } from '../../protocol/learning/label-set.ts';
import type { History } from '../../protocol/messages/history.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { Language } from '../i18n/messages.ts';
import type { BackendName } from '../recognition/backends.ts';
import type { Database } from './database.ts';
import type { OtherTabs } from './other-tabs.ts';

/** A version that the device keeps in its cache. */
export type HeldModel = { readonly hash: ModelHash; readonly version: number };

/** The backend that won the last measurement, and what was measured: another `subject` asks for a new one. */
export type BackendChoice = { readonly subject: string; readonly backend: BackendName; readonly ms: number };

/** What the hub last told of the room's versions, and when. */
export type KeptHistory = { readonly history: History; readonly toldAtMs: number };

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const motions = ['system', 'less'] as const;
export type Motion = (typeof motions)[number];

export type Settings = {
  readonly device: DeviceId;
  /** What its owner calls it; null until then (`deviceNameIn`). */
  readonly deviceName: string | null;
  /** Shown to the hub in every hello, once the device has paired. */
  readonly secret: string | null;
  /** Whether pictures and corrections may go to the owner's hub; null until someone has answered. */
  readonly consent: boolean | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly motion: Motion;
  readonly labelSet: LabelSet;
  /** Whether what this device learned by itself takes part in its answers. */
  readonly adapted: boolean;
  /** Whether pictures that were named right enough for nobody to correct them are learned, too. */
  readonly learnUncorrected: boolean;
  /** How often the device may ask about a picture. */
  readonly asking: AskingLevel;
  /** When it asked, as far as that counts for how often it may: oldest first. */
  readonly askedAtMs: readonly number[];
  /** Whether a correction takes a burst of frames instead of the frozen one alone. */
  readonly burst: boolean;
  /** The device's name for the camera that was chosen; null takes the main one on the back. */
  readonly camera: string | null;
  /** The device's names for the cameras whose owner turned the mirror on or off. */
  readonly mirroredOtherwise: readonly string[];
  /** Whether its owner was told that the app can be installed. */
  readonly installOffered: boolean;
  /** The live model first, then the previous one. */
  readonly models: readonly HeldModel[];
  readonly backend: BackendChoice | null;
  readonly history: KeptHistory | null;
};

/** What its owner decides, and what was spent of it, holds in all tabs at once. The rest says what one tab does, or is read at its start. */
const shared = [
  'consent',
  'language',
  'theme',
  'motion',
  'labelSet',
  'deviceName',
  'adapted',
  'learnUncorrected',
  'asking',
  'askedAtMs',
  'burst',
  'installOffered',
] as const satisfies readonly (keyof Settings)[];

/** What a tab tells the others: the settings that it has changed. */
export type SharedSettings = Partial<Pick<Settings, (typeof shared)[number]>>;

export class SettingsStore {
  readonly #database: Database;
  readonly #cell: Cell<Settings>;
  readonly #others: OtherTabs<SharedSettings> | undefined;

  private constructor(database: Database, settings: Settings, others?: OtherTabs<SharedSettings>) {
    this.#database = database;
    this.#cell = new Cell(settings);
    this.#others = others;
    others?.listen((change) => {
      this.#cell.set({ ...this.#cell.peek(), ...change });
    });
  }

  /** Reads what is stored; the device's id is made at the first start. */
  static async open(
    database: Database,
    language: Language,
    others?: OtherTabs<SharedSettings>,
  ): Promise<SettingsStore> {
    const transaction = database.transaction('settings', 'readwrite');
    const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
    // Only `write` and the line below put values there, under their own key.
    const stored = Object.fromEntries(keys.map((key, i) => [key, values[i]])) as Partial<Settings>;
    const device = stored.device ?? newDeviceId();
    // Once only: a device that is full takes no writing, and its app starts all the same.
    if (stored.device === undefined) await transaction.store.put(device, 'device');
    await transaction.done;
    return new SettingsStore(database, { ...defaults, language, ...stored, device }, others);
  }

  get state(): Readable<Settings> {
    return this.#cell;
  }

  /** Stored first, then seen by everyone, in other tabs too. Where storage fails it holds until the app is closed, and the promise rejects. */
  async write<Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void> {
    try {
      const transaction = this.#database.transaction('settings', 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(value, key), transaction.done]);
    } finally {
      this.#cell.set({ ...this.#cell.peek(), [key]: value });
      if ((shared as readonly string[]).includes(key)) this.#others?.tell({ [key]: value });
    }
  }
}

const defaults = {
  deviceName: null,
  secret: null,
  consent: null,
  theme: 'system',
  motion: 'system',
  labelSet: 'everything',
  adapted: true,
  learnUncorrected: true,
  asking: 'normal',
  askedAtMs: [],
  burst: false,
  camera: null,
  mirroredOtherwise: [],
  installOffered: false,
  models: [],
  backend: null,
  history: null,
} as const;
