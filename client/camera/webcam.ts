/** A camera of the device: the one that was chosen, or the main one on the back where there are several. */
import type { FrameSource, SourceProblem } from './frame-source.ts';
import { SourceError } from './frame-source.ts';
import type { Lens } from './lens.ts';
import { mainLens } from './lens.ts';
import { silentVideo } from './silent-video.ts';
import { TrackFrames } from './track-frames.ts';
import { TrackLens, camerasOfDevice } from './track-lens.ts';

export class Webcam implements FrameSource {
  readonly moving = true;
  #picture = silentVideo();
  #stream: MediaStream | undefined;
  #frames: TrackFrames | undefined;
  #lens: TrackLens | undefined;
  #camera: string | null;

  /** `camera`: the device's name for it; null takes the one on the back. One that is gone is replaced by another. */
  constructor(camera: string | null) {
    this.#camera = camera;
  }

  get picture(): HTMLVideoElement {
    return this.#picture;
  }

  async start(onEnd: (problem: SourceProblem) => void): Promise<void> {
    // Browsers leave `mediaDevices` out where the page is not a secure context, whatever its type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) throw new SourceError('insecure');
    this.#picture = silentVideo();
    try {
      let stream = await openStream(devices, this.#camera);
      const cameras = await camerasOfDevice();
      const main = this.#camera === null && mainLens(cameras, deviceOf(stream));
      if (main) {
        stopTracks(stream);
        stream = await openStream(devices, main);
      }
      this.#stream = stream;
      const [track] = stream.getVideoTracks();
      this.#lens = track && new TrackLens(track, cameras, (id) => new Webcam(id));
      // Coming back from a hidden page it is the same one again.
      this.#camera = deviceOf(stream);
      track?.addEventListener('ended', () => {
        this.stop();
        void whyEnded().then(onEnd);
      });
      this.#frames = track && TrackFrames.of(track);
      this.picture.srcObject = stream;
      await this.picture.play();
    } catch (cause) {
      this.stop();
      throw new SourceError(problemOf(cause), { cause });
    }
  }

  get frames(): TrackFrames | undefined {
    return this.#frames;
  }

  get lens(): Lens | undefined {
    return this.#lens;
  }

  stop(): void {
    this.#frames?.stop();
    this.#frames = undefined;
    this.#lens = undefined;
    if (this.#stream) stopTracks(this.#stream);
    this.#stream = undefined;
    this.picture.srcObject = null;
  }
}

async function openStream(devices: MediaDevices, camera: string | null): Promise<MediaStream> {
  const ask = (which: MediaTrackConstraints): Promise<MediaStream> =>
    devices.getUserMedia({ audio: false, video: { ...which, width: { ideal: 1280 } } });
  const back: MediaTrackConstraints = { facingMode: 'environment' };
  if (camera === null) return ask(back);
  return ask({ deviceId: { exact: camera } }).catch((cause: unknown) => {
    // The one that was chosen once is not plugged in.
    if (cause instanceof DOMException && cause.name === 'OverconstrainedError') return ask(back);
    throw cause;
  });
}

function deviceOf(stream: MediaStream): string {
  return stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Of a camera that was running. */
async function whyEnded(): Promise<SourceProblem> {
  // Some browsers do not know this permission by name.
  const permission = await navigator.permissions.query({ name: 'camera' }).catch(() => undefined);
  return permission?.state === 'denied' ? 'denied' : 'unplugged';
}

function problemOf(cause: unknown): SourceProblem {
  switch (cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unreadable';
  }
}
