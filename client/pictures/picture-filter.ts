/** Which pictures are shown, and what there is to choose from. Pure. */
import type { DeviceId, SampleId } from '../../protocol/ids.ts';
import type { Picture, PictureState } from './picture.ts';

/** `=mug` is the class mug; `none` is "none of these". */
export type LabelChoice = 'any' | 'unlabelled' | 'none' | `=${string}`;
/** `=mug`: the device saw the class mug in it. */
export type SeenChoice = 'any' | `=${string}`;
export const ages = ['any', 'day', 'week', 'month', 'older'] as const;
export type AgeChoice = (typeof ages)[number];
export const sureness = ['any', 'sure', 'unsure'] as const;
export type SureChoice = (typeof sureness)[number];
export const states = ['any', 'here', 'sent', 'learned', 'held-out', 'refused'] as const satisfies readonly (
  'any' | PictureState['kind']
)[];
export type StateChoice = (typeof states)[number];

export type PictureFilter = {
  readonly label: LabelChoice;
  readonly state: StateChoice;
  /** What the device saw when it kept the picture. */
  readonly seen: SeenChoice;
  readonly device: 'any' | DeviceId;
  readonly age: AgeChoice;
  /** How sure the device was when it kept the picture. */
  readonly sure: SureChoice;
  /** Only what people disagree about. */
  readonly disputed: boolean;
  /** These pictures alone. */
  readonly only: 'any' | readonly SampleId[];
};

export const everything: PictureFilter = {
  label: 'any',
  state: 'any',
  seen: 'any',
  device: 'any',
  age: 'any',
  sure: 'any',
  disputed: false,
  only: 'any',
};

/** Whether it leaves nothing out. */
export function isEverything(filter: PictureFilter): boolean {
  // Its entries are those of the type, which the type of `entries` does not say.
  return Object.entries(everything).every(([key, value]) => filter[key as keyof PictureFilter] === value);
}

const dayMs = 86_400_000;
const sureFrom = 0.8;

export function filterPictures(
  pictures: readonly Picture[],
  { label, state, seen, device, age, sure, disputed, only }: PictureFilter,
  nowMs: number,
): readonly Picture[] {
  return pictures.filter(
    (picture) =>
      (label === 'any' || label === labelChoice(picture)) &&
      (state === 'any' || state === picture.state.kind) &&
      (seen === 'any' || seen.slice(1) === picture.prediction?.label) &&
      (device === 'any' || device === picture.device) &&
      (age === 'any' || hasAge(nowMs - picture.capturedAtMs, age)) &&
      (sure === 'any' || (sure === 'sure') === (picture.prediction?.probability ?? 0) >= sureFrom) &&
      (!disputed || picture.dispute !== null) &&
      (only === 'any' || only.includes(picture.sample)),
  );
}

export type Choices = {
  /** With how many pictures have each, the most frequent first. */
  readonly labels: readonly (readonly [Exclude<LabelChoice, 'any'>, number])[];
  readonly seen: readonly (readonly [Exclude<SeenChoice, 'any'>, number])[];
  readonly devices: readonly { readonly device: DeviceId; readonly name: string | null; readonly count: number }[];
  readonly disputed: number;
};

/** What `chosen` asks for is among them, even when no picture has it. */
export function choicesOf(pictures: readonly Picture[], chosen: PictureFilter): Choices {
  const labels = new Map<Exclude<LabelChoice, 'any'>, number>();
  const seen = new Map<Exclude<SeenChoice, 'any'>, number>();
  const devices = new Map<DeviceId, { name: string | null; count: number }>();
  if (chosen.label !== 'any') labels.set(chosen.label, 0);
  if (chosen.seen !== 'any') seen.set(chosen.seen, 0);
  if (chosen.device !== 'any') devices.set(chosen.device, { name: null, count: 0 });
  for (const picture of pictures) {
    const label = labelChoice(picture);
    labels.set(label, (labels.get(label) ?? 0) + 1);
    if (picture.prediction) {
      const saw = `=${picture.prediction.label}` as const;
      seen.set(saw, (seen.get(saw) ?? 0) + 1);
    }
    const { name = null, count = 0 } = devices.get(picture.device) ?? {};
    devices.set(picture.device, { name: name ?? picture.deviceName, count: count + 1 });
  }
  return {
    labels: [...labels].sort((a, b) => b[1] - a[1]),
    seen: [...seen].sort((a, b) => b[1] - a[1]),
    devices: [...devices].map(([device, rest]) => ({ device, ...rest })).sort((a, b) => b.count - a.count),
    disputed: pictures.filter(({ dispute }) => dispute !== null).length,
  };
}

function labelChoice({ said }: Picture): Exclude<LabelChoice, 'any'> {
  if (!said) return 'unlabelled';
  return said.label === null ? 'none' : `=${said.label}`;
}

/** The last day, the last seven, the last thirty, or before these. */
function hasAge(ms: number, age: Exclude<AgeChoice, 'any'>): boolean {
  return { day: ms < dayMs, week: ms < 7 * dayMs, month: ms < 30 * dayMs, older: ms >= 30 * dayMs }[age];
}
