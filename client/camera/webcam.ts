/** The device's camera: the one on the back where there are two. */
import type { FrameSource, SourceProblem } from './frame-source.ts';
import { SourceError } from './frame-source.ts';
import { silentVideo } from './silent-video.ts';
import { TrackFrames } from './track-frames.ts';

export class Webcam implements FrameSource {
  readonly moving = true;
  #picture = silentVideo();
  #stream: MediaStream | undefined;
  #frames: TrackFrames | undefined;

  get picture(): HTMLVideoElement {
    return this.#picture;
  }

  async start(onEnd: (problem: SourceProblem) => void): Promise<void> {
    // Browsers leave `mediaDevices` out where the page is not a secure context, whatever its type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) throw new SourceError('insecure');
    this.#picture = silentVideo();
    try {
      const stream = await devices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 } },
      });
      this.#stream = stream;
      const [track] = stream.getVideoTracks();
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

  stop(): void {
    this.#frames?.stop();
    this.#frames = undefined;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.picture.srcObject = null;
  }
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
