/** Which pictures are shown, and what there is to choose from. Pure. */
import type { DeviceId } from '../../protocol/ids.ts';
import type { Picture, PictureState } from './picture.ts';

/** `=mug` is the class mug; `none` is "none of these". */
export type LabelChoice = 'any' | 'unlabelled' | 'none' | `=${string}`;
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
  readonly device: 'any' | DeviceId;
  readonly age: AgeChoice;
  /** How sure the device was when it kept the picture. */
  readonly sure: SureChoice;
  /** Only what people disagree about. */
  readonly disputed: boolean;
};

export const everything: PictureFilter = {
  label: 'any',
  state: 'any',
  device: 'any',
  age: 'any',
  sure: 'any',
  disputed: false,
};

const dayMs = 86_400_000;
const sureFrom = 0.8;

export function filterPictures(
  pictures: readonly Picture[],
  { label, state, device, age, sure, disputed }: PictureFilter,
  nowMs: number,
): readonly Picture[] {
  return pictures.filter(
    (picture) =>
      (label === 'any' || label === labelChoice(picture)) &&
      (state === 'any' || state === picture.state.kind) &&
      (device === 'any' || device === picture.device) &&
      (age === 'any' || hasAge(nowMs - picture.capturedAtMs, age)) &&
      (sure === 'any' || (sure === 'sure') === (picture.prediction?.probability ?? 0) >= sureFrom) &&
      (!disputed || picture.dispute !== null),
  );
}

export type Choices = {
  /** With how many pictures have each, the most frequent first. */
  readonly labels: readonly (readonly [Exclude<LabelChoice, 'any'>, number])[];
  readonly devices: readonly { readonly device: DeviceId; readonly name: string | null; readonly count: number }[];
  readonly disputed: number;
};

export function choicesOf(pictures: readonly Picture[]): Choices {
  const labels = new Map<Exclude<LabelChoice, 'any'>, number>();
  const devices = new Map<DeviceId, { name: string | null; count: number }>();
  for (const picture of pictures) {
    const label = labelChoice(picture);
    labels.set(label, (labels.get(label) ?? 0) + 1);
    const { name = null, count = 0 } = devices.get(picture.device) ?? {};
    devices.set(picture.device, { name: name ?? picture.deviceName, count: count + 1 });
  }
  return {
    labels: [...labels].sort((a, b) => b[1] - a[1]),
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
