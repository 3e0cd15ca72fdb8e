/** What a camera can do besides showing pictures, and how it stands. Pure but for the interface. */
import type { Readable } from '../cell.ts';
import type { FrameSource } from './frame-source.ts';

export type CameraDevice = { readonly id: string; readonly name: string };

export type LensState = {
  /** All cameras of the device, this one among them. */
  readonly cameras: readonly CameraDevice[];
  readonly current: string;
  /** Whether it looks at the person, who then expects a mirror. */
  readonly facesPerson: boolean;
  /** Null where this camera has no light. */
  readonly torch: boolean | null;
  /** Null where this camera does not zoom; `steps`: how often as near, lowest first. */
  readonly zoom: { readonly times: number; readonly steps: readonly number[] } | null;
};

export interface Lens {
  readonly state: Readable<LensState>;
  /** Light on or off; nothing where there is none. */
  torch(): Promise<void>;
  /** The next step, and after the last one the first. */
  zoom(): Promise<void>;
  /** Another camera of the device; undefined when there is none. */
  other(id?: string): FrameSource | undefined;
}

/**
 * Whether the person sees a mirror; what is recognised and kept never is. `otherwise`: the cameras that are shown the other way
 * round than others that look to the same side.
 */
export function isMirrored({ current, facesPerson }: LensState, otherwise: readonly string[]): boolean {
  return facesPerson !== otherwise.includes(current);
}

const zoomTimes = [0.5, 1, 2, 5];

/** What stands for "as near as it is", and the steps within what the camera can do. Cameras count from 1, or in per cent. */
export function zoomSteps({ min, max }: { readonly min: number; readonly max: number }): {
  readonly once: number;
  readonly steps: readonly number[];
} {
  const once = min >= 10 ? 100 : 1;
  return { once, steps: zoomTimes.filter((times) => times * once >= min && times * once <= max) };
}

/** Names under which phones list lenses that distort or see too little. */
const special = /ultra|wide|tele|macro|depth|infra|dual|triple/i;

/**
 * The main camera on the back, when `current` is another one on the back: browsers may give the first they find. Undefined
 * when it is the right one, or nothing tells.
 */
export function mainLens(cameras: readonly CameraDevice[], current: string): string | undefined {
  const back = cameras.filter(({ name }) => /\b(back|rear|posteriore)\b/i.test(name));
  if (!back.some(({ id }) => id === current)) return undefined;
  const plain = back.filter(({ name }) => !special.test(name));
  const [main] = (plain.length > 0 ? plain : back).toSorted((a, b) => numberIn(a.name) - numberIn(b.name));
  return main?.id === current ? undefined : main?.id;
}

/** Android numbers its cameras ("camera2 0, facing back"), the main ones first. */
const numberIn = (name: string): number => Number(/camera2? (\d+)/.exec(name)?.[1] ?? 0);
