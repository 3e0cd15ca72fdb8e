/** Puts a frame pump on a page, with pictures to look at and a recogniser that answers when it is told to. */
import { FramePump } from '../../../client/camera/frame-pump.ts';
import { TrackFrames } from '../../../client/camera/track-frames.ts';
import { readCrop } from '../../../client/recognition/read-crop.ts';
import type { Prediction } from '../../../client/recognition/api.ts';
import { newPrediction } from '../../support/predictions.ts';

function picture(colour: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 300;
  const context = canvas.getContext('2d');
  if (context) context.fillStyle = colour;
  context?.fillRect(0, 0, 300, 300);
  return canvas;
}

const pictures = { red: picture('rgb(200 0 0)'), blue: picture('rgb(0 0 200)') };
const asked: string[] = [];
const answered: string[] = [];
const square = { x: 10, y: 10, side: 200 };
let shown: keyof typeof pictures | null = 'red';
let answer: (() => void) | undefined;

const pump = new FramePump({
  look: () => (shown ? { picture: pictures[shown], guide: { inPicture: square, onScreen: square } } : undefined),
  async recognise(frame) {
    const [red = 0] = await readCrop(frame);
    const label = red > 100 ? 'red' : 'blue';
    asked.push(label);
    return new Promise<Prediction>((resolve) => {
      answer = () => {
        resolve(newPrediction({ label, probability: 0.9 }));
      };
    });
  },
  onPrediction: ({ answers }) => answered.push(answers[0]?.key ?? ''),
});

const pumpTools = {
  pump,
  asked,
  answered,
  show(next: keyof typeof pictures | null): void {
    shown = next;
  },
  answer: () => answer?.(),
  /** Resolves when so many frames have been asked about. */
  async untilAsked(count: number): Promise<void> {
    while (asked.length < count) await pumpTools.frame();
  },
  /** A track of the red picture, which makes a frame when the picture is painted. */
  newTrackFrames(): { readonly frames: TrackFrames; readonly paint: () => void } {
    const [track] = pictures.red.captureStream().getVideoTracks();
    const frames = track && TrackFrames.of(track);
    if (!frames) throw new Error('This browser does not let pages read tracks.');
    return { frames, paint: () => pictures.red.getContext('2d')?.fillRect(0, 0, 300, 300) };
  },
  frame: () =>
    new Promise<void>((resolve) => {
      // Two frames of the screen: the pump's own callback has run in between.
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
    }),
};

declare global {
  interface Window {
    pumpTools: typeof pumpTools;
  }
}
window.pumpTools = pumpTools;
document.documentElement.dataset['ready'] = '';
