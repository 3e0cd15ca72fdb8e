/** The lens of a camera's track. */
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';
import type { FrameSource } from './frame-source.ts';
import type { CameraDevice, Lens, LensState } from './lens.ts';
import { zoomSteps } from './lens.ts';

/** TypeScript knows neither of these two yet. */
type Capabilities = MediaTrackCapabilities & {
  readonly torch?: boolean;
  readonly zoom?: { readonly min: number; readonly max: number };
};
type Wish = { readonly torch: boolean } | { readonly zoom: number };

export class TrackLens implements Lens {
  readonly #track: MediaStreamTrack;
  readonly #state: Cell<LensState>;
  /** The value of the track's zoom at which it is once as near. */
  readonly #once: number;
  readonly #open: (id: string) => FrameSource;

  /** `open` makes the source of another camera. */
  constructor(track: MediaStreamTrack, cameras: readonly CameraDevice[], open: (id: string) => FrameSource) {
    const { torch, zoom }: Capabilities = capabilitiesOf(track);
    const { deviceId = '', facingMode, ...settings } = track.getSettings();
    const { once, steps } = zoomSteps(zoom ?? { min: 1, max: 0 });
    const now = 'zoom' in settings && typeof settings.zoom === 'number' ? settings.zoom : once;
    this.#track = track;
    this.#once = once;
    this.#open = open;
    this.#state = new Cell<LensState>({
      cameras,
      current: deviceId,
      // A camera that does not say where it looks is a laptop's: it looks at the person.
      facesPerson: facingMode !== 'environment',
      torch: torch ? false : null,
      zoom: steps.length > 1 ? { times: now / once, steps } : null,
    });
  }

  get state(): Readable<LensState> {
    return this.#state;
  }

  async torch(): Promise<void> {
    const { torch } = this.#state.peek();
    if (torch !== null && (await this.#apply({ torch: !torch }))) this.#set({ torch: !torch });
  }

  async zoom(): Promise<void> {
    const { zoom } = this.#state.peek();
    const times = zoom?.steps.find((step) => step > zoom.times) ?? zoom?.steps[0];
    if (!zoom || times === undefined) return;
    if (await this.#apply({ zoom: times * this.#once })) this.#set({ zoom: { ...zoom, times } });
  }

  other(id?: string): FrameSource | undefined {
    const { cameras, current } = this.#state.peek();
    const next = cameras[(cameras.findIndex((camera) => camera.id === current) + 1) % cameras.length];
    const wanted = id ?? next?.id;
    return wanted === undefined || wanted === current ? undefined : this.#open(wanted);
  }

  /** Whether the camera did it: some say that they can and then refuse. */
  async #apply(wish: Wish): Promise<boolean> {
    // The two wishes are not in TypeScript's constraints yet.
    const constraints = { advanced: [wish] } as MediaTrackConstraints;
    return this.#track.applyConstraints(constraints).then(
      () => true,
      () => false,
    );
  }

  #set(change: Partial<LensState>): void {
    this.#state.set({ ...this.#state.peek(), ...change });
  }
}

/** Firefox has no such function. */
function capabilitiesOf(track: MediaStreamTrack): Capabilities {
  return 'getCapabilities' in track ? track.getCapabilities() : {};
}

/** Names are known once the camera has been allowed. */
export async function camerasOfDevice(): Promise<readonly CameraDevice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
