/** The newest frame of a camera, without waiting for what is drawn. */
import type { Frames } from './frame-source.ts';

/**
 * The frames of a camera's track as the camera made them. Taking one costs nothing, and reading it does not wait until the
 * graphics processor has drawn the page, as reading a video element does.
 */
export class TrackFrames implements Frames {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  #newest: VideoFrame | undefined;
  #ended = false;
  /** Who waits for the next frame. */
  #give: ((frame: VideoFrame | undefined) => void) | undefined;

  private constructor(reader: ReadableStreamDefaultReader<VideoFrame>) {
    this.#reader = reader;
    void this.#read();
  }

  /** Undefined in a browser whose pages cannot read tracks (Safari, Firefox). */
  static of(track: MediaStreamTrack): TrackFrames | undefined {
    if (!('MediaStreamTrackProcessor' in globalThis)) return undefined;
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 });
    // A camera's track gives video frames; the type is the one of all streams.
    return new TrackFrames((readable as ReadableStream<VideoFrame>).getReader());
  }

  next(): Promise<VideoFrame | undefined> {
    const frame = this.#newest;
    this.#newest = undefined;
    if (frame || this.#ended) return Promise.resolve(frame);
    this.#give?.(undefined);
    return new Promise((resolve) => {
      this.#give = resolve;
    });
  }

  stop(): void {
    void this.#reader.cancel();
  }

  /** Until the track ends or `stop`. */
  async #read(): Promise<void> {
    for (;;) {
      const { value } = await this.#reader.read();
      this.#newest?.close();
      this.#newest = this.#give ? undefined : value;
      this.#give?.(value);
      this.#give = undefined;
      if (!value) break;
    }
    this.#ended = true;
  }
}

declare global {
  /** TypeScript knows of the processor in workers only, where there is no track to give it. */
  interface MediaStreamTrackProcessorInit {
    track: MediaStreamTrack;
  }
}
